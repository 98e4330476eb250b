#!/bin/sh
# Makes the packed fonts of the papers from Debian's packages. See README.md beside this file.
#
# Needs: fonts-noto-cjk, fonts-wqy-microhei, fonttools, unicode-data, bzip2, zopfli. Run it from anywhere.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Debian's fonttools belongs to Debian's Python.
/usr/bin/python3 - "$here/rare.txt" >"$work/unicodes.txt" <<'EOF'
import bz2, sys

# Latin, Greek and Cyrillic as papers spell units and foreign names; general punctuation; letter-like and number
# forms; arrows; mathematics; enclosed figures; blocks and shapes; ticks and boxes; CJK punctuation; full width.
ranges = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x251, 0x251), (0x261, 0x261), (0x391, 0x3C9), (0x410, 0x451),
    (0x2010, 0x2027), (0x2030, 0x203B), (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x2122), (0x2150, 0x217B),
    (0x2190, 0x2199), (0x2200, 0x226F), (0x2299, 0x22BF), (0x2460, 0x249B), (0x2500, 0x257F), (0x2581, 0x258F),
    (0x25A0, 0x25CF), (0x2605, 0x2606), (0x2610, 0x2611), (0x2640, 0x2642), (0x2713, 0x2717), (0x3000, 0x301F),
    (0x3041, 0x30FF), (0x3105, 0x3129), (0x3220, 0x3229), (0x3231, 0x3231), (0x32A3, 0x32A3), (0x3380, 0x33D5),
    (0xFE30, 0xFE4F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
]
chars = {c for first, last in ranges for c in range(first, last + 1)}

# GB 2312 by its rows and cells.
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        try:
            chars.add(ord(bytes((row, cell)).decode("gb2312")))
        except UnicodeDecodeError:
            pass

# The commoner part of Big5: students from Hong Kong, Macao and Taiwan write their names so.
for row in range(0xA4, 0xC7):
    for cell in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
        try:
            chars.add(ord(bytes((row, cell)).decode("big5")))
        except UnicodeDecodeError:
            pass

# The 8,105 standard characters (通用规范汉字表).
with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
    chars |= {int(line.split()[0][2:], 16) for line in lines if "\tkTGH\t" in line}

# Rare characters of names.
with open(sys.argv[1], encoding="utf-8") as lines:
    chars |= {ord(c) for line in lines if not line.startswith("#") for c in line.strip()}

print("\n".join(f"{c:X}" for c in sorted(chars)))
EOF

# Titles: the first level of GB 2312 and what the names of units and people hold.
/usr/bin/python3 - "$here/.." >"$work/title.txt" <<'EOF'
import glob, sys

data = sys.argv[1]
chars = {*range(0x20, 0x7F), 0xB7, *range(0x2010, 0x2027), *range(0x3000, 0x301F), *range(0xFF01, 0xFF5F)}
for row in range(0xB0, 0xD8):
    for cell in range(0xA1, 0xFF):
        try:
            chars.add(ord(bytes((row, cell)).decode("gb2312")))
        except UnicodeDecodeError:
            pass
for file in [f"{data}/{name}.toml" for name in ("unit_names", "surnames", "readings")] + glob.glob(f"{data}/demo/*.toml"):
    with open(file, encoding="utf-8") as text:
        chars |= {ord(c) for c in text.read() if ord(c) >= 0x3400}
print("\n".join(f"{c:X}" for c in sorted(chars)))
EOF

# The last resort holds only what the others lack: those are laid aside first.
lacking() {
    /usr/bin/python3 - "$1" "$work/serif.otf" <<'EOF'
import sys
from fontTools.ttLib import TTCollection, TTFont

have = set(TTFont(sys.argv[2]).getBestCmap())
print("\n".join(f"{c:X}" for c in sorted(set(TTCollection(sys.argv[1]).fonts[0].getBestCmap()) - have)))
EOF
}

# even FILE: puts every point of the outlines on an even number of its 1,000 units to the em, at most one unit from where
# it stood: at 40 points a hundredth of a millimetre and a half. The last bit of each number is then no weight to pack.
even() {
    /usr/bin/python3 - "$1" <<'EOF'
import sys
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
outlines = font["CFF "].cff[0].CharStrings
for name in font.getGlyphOrder():
    drawn = RecordingPen()
    old = outlines[name]
    old.draw(drawn)
    width = font["hmtx"][name][0]
    usual, nominal = old.private.defaultWidthX, old.private.nominalWidthX
    pen = T2CharStringPen(None if width == usual else width - nominal, None)
    for act, points in drawn.value:
        getattr(pen, act)(*[tuple((n + 1) // 2 * 2 for n in point) for point in points])
    old.program = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs).program
    old.bytecode = None
font.save(sys.argv[1])
EOF
}

# subset SOURCE NUMBER TARGET OPTION...: no hinting, kerning alone of the layout features, the Latin names alone.
subset() {
    source=$1 number=$2 target=$3
    shift 3
    /usr/bin/python3 -m fontTools.subset "$source" --font-number="$number" --output-file="$work/$target" \
        --no-hinting --layout-features=kern --drop-tables+=BASE,VORG,vhea,vmtx,DSIG,STAT --name-IDs=0,1,2,4,6,13,14 \
        --name-languages=0x409 --notdef-outline --no-recalc-timestamp "$@"
    case $target in *.otf) even "$work/$target" ;; esac
    zopfli --i15 -c "$work/$target" >"$here/$target.gz"
}

# In both Noto collections face 2 is the one for Simplified Chinese.
subset /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc 2 serif.otf \
    --unicodes-file="$work/unicodes.txt" --desubroutinize
subset /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc 2 sans-bold.otf \
    --unicodes-file="$work/unicodes.txt" --desubroutinize
subset /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc 2 serif-bold.otf \
    --unicodes-file="$work/title.txt" --desubroutinize
lacking /usr/share/fonts/truetype/wqy/wqy-microhei.ttc >"$work/lacking.txt"
subset /usr/share/fonts/truetype/wqy/wqy-microhei.ttc 0 last.ttf \
    --unicodes-file="$work/lacking.txt" --layout-features=
ls -l "$here"/*.gz
