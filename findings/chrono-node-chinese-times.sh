#!/usr/bin/env bash
# chrono-node 2.10.3 (npm): times as they are said on a Chinese telephone, read on Monday 2020-02-17 at 10:05.
#
# "今晚十二点" (midnight tonight) becomes noon today, ten hours before the evening it speaks of. "周三下午" loses its weekday and
# becomes this afternoon. "三点一刻" (a quarter past three) becomes one minute past three. "周日" is the day before, not the
# coming Sunday. A span whose end does not repeat 下午 ends at four in the next night. "2月18日24时" is not seen at all.
# None of them is refused: each comes back as a time.
# What to do: ask whenever a word of the text was left unread, and show the day and the hour before it is kept.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init -y >/dev/null
npm install --silent chrono-node@2.10.3 >/dev/null
cat >read.mjs <<'J'
import * as chrono from "chrono-node";
const now = new Date(2020, 1, 17, 10, 5);
const shown = (at) => at.toString().slice(0, 21);
for (const text of ["今晚八点", "今晚十二点", "周三下午", "三点一刻", "周日", "下午2点到4点", "2月18日24时"]) {
  const [found] = chrono.zh.parse(text, now);
  const end = found?.end ? " to " + shown(found.end.date()) : "";
  console.log(text, found ? `${found.text}: ${shown(found.start.date())}${end}` : "not seen");
}
J
TZ=Asia/Shanghai node read.mjs >seen
cat seen
diff - seen <<'S'
今晚八点 今晚八点: Mon Feb 17 2020 20:00
今晚十二点 今晚十二点: Mon Feb 17 2020 12:00
周三下午 周三下午: Mon Feb 17 2020 15:00
三点一刻 三点一: Mon Feb 17 2020 03:01
周日 周日: Sun Feb 16 2020 12:00
下午2点到4点 下午2点到4点: Mon Feb 17 2020 14:00 to Tue Feb 18 2020 04:00
2月18日24时 not seen
S
echo "as described"
