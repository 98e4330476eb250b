#!/usr/bin/env bash
# cpca 0.5.5 (places out of Chinese addresses): a street that is named after a city is read as that city.
#
# Half the streets of an old port are called after other cities. Somebody who says only "武汉路12号" lives in Qingdao and
# has never seen Hubei; the answer names the province, the city and a code, and nothing says that it was guessed. A rule
# that looks for people from Hubei takes it at its word. With the city said before the street the answer is right.
# What to do: read a place part by part, and never take a city from a name that goes on with 路, 街, 大道 or 山.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install cpca==0.5.5 setuptools==65.5.0
"$room/venv/bin/python" -W ignore - >"$room/seen" 2>/dev/null <<'P'
import cpca
for text in ["青岛市市南区武汉路12号", "武汉路12号", "黄石路3号", "荆州路", "天门山路8号", "北京路", "上海路小区"]:
    row = cpca.transform([text]).iloc[0].fillna("-")
    print(text, row["省"], row["市"], row["区"], row["adcode"])
P
cat "$room/seen"
diff - "$room/seen" <<'S'
青岛市市南区武汉路12号 山东省 青岛市 市南区 370202
武汉路12号 湖北省 武汉市 - 420100
黄石路3号 湖北省 黄石市 - 420200
荆州路 湖北省 荆州市 - 421000
天门山路8号 湖北省 省直辖县级行政区划 天门市 429006
北京路 北京市 - - 110000
上海路小区 上海市 - - 310000
S
echo "as described"
