#!/usr/bin/env bash
# vobject 0.9.9 (vCards): address cards as older phones export them (vCard 2.1).
#
# 1. Quoted-printable breaks its lines after 76 characters, anywhere. Where a break falls inside a Chinese character the
#    card cannot be read: each line is decoded by itself. A long name of an office is enough.
# 2. A comma in a number to dial is a pause before the extension. What stands behind it is dropped at reading, and so is
#    missing from what is written back; no property of the card holds it.
# What to do: join soft line breaks before a card is given to it, and compare what came out with what stood there.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install vobject==0.9.9
"$room/venv/bin/python" - >"$room/seen" <<'P'
import quopri
import vobject

def card(line):
    return f"BEGIN:VCARD\r\nVERSION:2.1\r\nN:a;;;;\r\n{line}\r\nEND:VCARD\r\n"

name = "单位名称很长的联系人所在的疾病预防控制中心办公室"
for text in ["张伟", name]:
    line = quopri.encodestring(text.encode()).decode().replace("\n", "\r\n")
    try:
        read = vobject.readOne(card(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{line}")).fn.value
        print(len(text), read == text)
    except UnicodeDecodeError as error:
        print(len(text), type(error).__name__)
read = vobject.readOne(card("FN:a\r\nTEL;WORK:053200008000,8012"))
print(read.tel.value, "8012" in read.serialize())
P
cat "$room/seen"
diff - "$room/seen" <<'S'
2 True
24 UnicodeDecodeError
053200008000 False
S
echo "as described"
