#!/usr/bin/env bash
# segno 1.6.6 writes Chinese into QR codes in two encodings, by which characters happen to be there; jsQR 1.4.0 and OpenCV
# 5.0.0.93 then read some of them back as nothing, as wrong letters, or raise an error.
#
# Words whose characters all exist in Shift_JIS (大学交接, 体温37.3) are written as Shift_JIS without saying so; a word with one
# simplified character that Shift_JIS lacks (值班台) is written as UTF-8. zxing-cpp reads all of them right. jsQR reads Shift_JIS
# of byte mode as an empty text; OpenCV reads it as Latin letters, and fails on the same words in kanji mode.
# What to do: give segno the encoding (encoding="utf-8"), or keep what stands in the square to ASCII, as a head code does.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv venv
venv/bin/pip -q install segno==1.6.6 zxing-cpp==3.1.1 opencv-python-headless==5.0.0.93 pillow
npm init -y >/dev/null
npm install --silent jsqr@1.4.0 >/dev/null
cat >read.mjs <<'J'
import fs from "fs";
import jsqr from "jsqr";
const rows = fs.readFileSync(process.argv[2], "utf8").trim().split("\n");
const n = rows.length, pixels = new Uint8ClampedArray(n * n * 4);
rows.forEach((row, y) => [...row].forEach((c, x) => {
  const v = c === "1" ? 0 : 255;
  pixels.set([v, v, v, 255], (y * n + x) * 4);
}));
console.log(JSON.stringify((jsqr.default ?? jsqr)(pixels, n, n)?.data));
J
venv/bin/python - >seen <<'P'
import io, subprocess
import cv2, numpy, segno, zxingcpp
from PIL import Image

for text, options in [("大学交接", {}), ("体温37.3", {}), ("值班台", {}), ("体温37.3", {"encoding": "utf-8"})]:
    code = segno.make(text, micro=False, **options)
    with open("code.txt", "w") as out:
        for row in code.matrix_iter(scale=6, border=4):
            out.write("".join(map(str, row)) + "\n")
    js = subprocess.run(["node", "read.mjs", "code.txt"], capture_output=True, text=True).stdout.strip()
    png = io.BytesIO()
    code.save(png, kind="png", scale=8, border=4)
    picture = cv2.imdecode(numpy.frombuffer(png.getvalue(), numpy.uint8), 0)
    try:
        cv = ascii(cv2.QRCodeDetector().detectAndDecode(picture)[0])
    except UnicodeDecodeError as error:
        cv = "UnicodeDecodeError"
    zx = zxingcpp.read_barcodes(Image.open(png).convert("L"))[0].text
    print(text, options.get("encoding", "-"), code.mode, "jsQR", js, "OpenCV", cv, "zxing-cpp", zx)
P
cat seen
diff - seen <<'S'
大学交接 - kanji jsQR "大学交接" OpenCV UnicodeDecodeError zxing-cpp 大学交接
体温37.3 - byte jsQR "" OpenCV '\x91\xcc\x89\xb737.3' zxing-cpp 体温37.3
值班台 - byte jsQR "值班台" OpenCV '\u503c\u73ed\u53f0' zxing-cpp 值班台
体温37.3 utf-8 byte jsQR "体温37.3" OpenCV '\u4f53\u6e2937.3' zxing-cpp 体温37.3
S
echo "as described"
