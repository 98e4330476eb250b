#!/usr/bin/env bash
# workalendar 17.0.0 (Python): the first days of the epidemic are working days in its calendar of China.
#
# On 26 January 2020 the State Council lengthened the Spring Festival to 2 February. workalendar keeps the calendar of the
# November before: Friday 31 January is a working day, and so is Saturday 1 February, which was to make up for it.
# chinesecalendar 1.11.0 and holidays 0.109 have the days as they were.
# What to do: whoever counts working days, or days since a deadline, over that week takes one of the other two.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install workalendar==17.0.0 chinesecalendar==1.11.0 holidays==0.109
"$room/venv/bin/python" - >"$room/seen" <<'P'
import datetime, chinese_calendar, holidays
from workalendar.asia import China

ours, theirs = China(), holidays.China(years=[2020])
print("day, works by workalendar, chinesecalendar, holidays")
for day in [datetime.date(2020, 1, 30) + datetime.timedelta(n) for n in range(5)]:
    print(day, ours.is_working_day(day), chinese_calendar.is_workday(day), theirs.is_working_day(day))
P
cat "$room/seen"
diff - "$room/seen" <<'S'
day, works by workalendar, chinesecalendar, holidays
2020-01-30 False False False
2020-01-31 True False False
2020-02-01 True False False
2020-02-02 False False False
2020-02-03 True True True
S
echo "as described"
