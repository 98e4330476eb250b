#!/usr/bin/env bash
# texttable 1.7.2 (tables as text): staff numbers are shown as numbers.
#
# Strings go in, and by default each column decides for itself whether they look like numbers: a staff number loses the
# zeros it begins with, and one of twenty digits becomes 2.020e+19, which two people may share. A printed list of names
# for the telephone is wrong without a word.
# What to do: set every column's type to text ("t") before rows are added.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install texttable==1.7.2 wcwidth==0.9.4
"$room/venv/bin/python" - >"$room/seen" <<'P'
from texttable import Texttable
rows = [["name", "number"], ["A", "0012345"], ["B", "20200217001234567890"], ["C", "20200217001234567891"]]
for types in [None, ["t", "t"]]:
    table = Texttable()
    table.set_deco(0)
    if types:
        table.set_cols_dtype(types)
    table.add_rows(rows)
    print("\n".join(line.rstrip() for line in table.draw().split("\n")))
P
cat "$room/seen"
diff - "$room/seen" <<'S'
name    number
A      12345
B      2.020e+19
C      2.020e+19
name          number
A      0012345
B      20200217001234567890
C      20200217001234567891
S
echo "as described"
