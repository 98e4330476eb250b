#!/usr/bin/env bash
# pyte 0.8.2 (Python terminal emulator, used to test full-screen programs): half of a Chinese character.
#
# When the left half of a wide character is overwritten, as a table that redraws one cell does, reading `Screen.display` raises
# an IndexError. When its right half is overwritten, the new letter is not shown at all, and the character that is gone still
# is. A wide character that no longer fits into the last column stays there instead of going to the next line, so that every
# line after it is one column off. xterm.js 6 (npm @xterm/headless) does all three as xterm does.
# What to do: test screens that hold Chinese against another emulator.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv venv
venv/bin/pip -q install pyte==0.8.2
npm init -y >/dev/null
npm install --silent @xterm/headless@6.0.0 >/dev/null
cat >xterm.mjs <<'J'
import pkg from "@xterm/headless";
const terminal = new pkg.Terminal({ cols: 6, rows: 2, allowProposedApi: true });
await new Promise((done) => terminal.write(process.argv[2], done));
console.log(JSON.stringify([0, 1].map((row) => terminal.buffer.active.getLine(row).translateToString())));
J
venv/bin/python - >seen <<'P'
import json, subprocess
import pyte

for what, text in [("left half", "值班\x1b[1;1Hx"), ("right half", "值班\x1b[1;2Hx"), ("last column", "abcde值班")]:
    screen = pyte.Screen(6, 2)
    pyte.Stream(screen).feed(text)
    try:
        shown = json.dumps(screen.display, ensure_ascii=False, separators=(",", ":"))
    except IndexError:
        shown = "IndexError"
    xterm = subprocess.run(["node", "xterm.mjs", text], capture_output=True, text=True, check=True).stdout.strip()
    print(what, "| pyte", shown, "| xterm.js", xterm)
P
cat seen
diff - seen <<'S'
left half | pyte IndexError | xterm.js ["x 班  ","      "]
right half | pyte ["值班  ","      "] | xterm.js [" x班  ","      "]
last column | pyte ["abcde值","班    "] | xterm.js ["abcde ","值班  "]
S
echo "as described"
