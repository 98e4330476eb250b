#!/usr/bin/env bash
# phonenumbers 9.0.43 (the Python port of libphonenumber): extensions as Chinese offices write them.
#
# "转8012" and "分机 8012" are how every letterhead in China writes an extension: the whole number is refused. Written with a
# hyphen it is worse: the extension is taken for more digits, and what comes back is one long number that is not valid.
# Only "#8012" is understood. In running text the number is found and its extension left out.
# What to do: cut 转, 分机 and a last group behind a full number off before a number is read, and keep what was written.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q install phonenumbers==9.0.43
"$room/venv/bin/python" - >"$room/seen" <<'P'
import phonenumbers as p
for text in ["010-12345678#8012", "010-12345678转8012", "010-12345678 分机 8012", "010-12345678-8012"]:
    try:
        n = p.parse(text, "CN")
        print(text, n.national_number, n.extension, p.is_valid_number(n))
    except p.NumberParseException as e:
        print(text, "refused", e.error_type)
print([m.raw_string for m in p.PhoneNumberMatcher("请回电010-12345678转8012", "CN")])
P
cat "$room/seen"
diff - "$room/seen" <<'S'
010-12345678#8012 1012345678 8012 True
010-12345678转8012 refused 1
010-12345678 分机 8012 refused 1
010-12345678-8012 10123456788012 None False
['010-12345678']
S
echo "as described"
