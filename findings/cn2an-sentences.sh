#!/usr/bin/env bash
# cn2an 0.5.24 (Chinese numerals), its sentence mode: names are counted, and numbers that are no amounts lose their zeros.
#
# To figures: 三亚市, 六安市 and 十堰 are cities, 第一责任人 is a title; each comes back with a figure in it, while 两 stays
# beside figures in the same sentence. To characters: a number to dial and a staff number are read as amounts, so that the
# zeros they begin with are gone, and five past ten becomes 十:五. Nothing is raised.
# What to do: turn numerals only where a form says that a number stands, and never whole sentences.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install cn2an==0.5.24 setuptools==65.5.0
"$room/venv/bin/python" -W ignore - >"$room/seen" 2>/dev/null <<'P'
import cn2an
for text in ["三亚市", "六安市", "湖北十堰", "第一责任人", "五四广场", "一例确诊，两例疑似"]:
    print(text, cn2an.transform(text, "cn2an"))
for text in ["工号00012", "电话05320008078", "10:05"]:
    print(text, cn2an.transform(text, "an2cn"))
P
cat "$room/seen"
diff - "$room/seen" <<'S'
三亚市 3亚市
六安市 6安市
湖北十堰 湖北10堰
第一责任人 第1责任人
五四广场 54广场
一例确诊，两例疑似 1例确诊，两例疑似
工号00012 工号十二
电话05320008078 电话五十三亿二千万八千零七十八
10:05 十:五
S
echo "as described"
