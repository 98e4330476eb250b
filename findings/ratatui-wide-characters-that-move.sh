#!/usr/bin/env bash
# ratatui-core 0.1.2 (Rust terminal screens): a row of Chinese names that moves by one column leaves a coloured cell behind.
#
# Only cells that changed are written. When a wide character gives way to one that lies a column further left, the cell of its
# right half is told apart neither as changed nor as covered, so that it is never written again. Letters do not matter there,
# but the background does: the end of a selected name stays marked, one column wide, until something else is drawn over it.
# With letters of one column nothing stays. The same move of a name of three characters leaves its last cell as well.
# What to do: write the cells beside a wide character that moved oneself, or clear the row first.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
mkdir src
cat >Cargo.toml <<'T'
[package]
name = "moved"
version = "0.0.0"
edition = "2024"
[dependencies]
ratatui-core = "=0.1.2"
T
cat >src/main.rs <<'R'
use ratatui_core::{buffer::Buffer, layout::Rect, style::{Color, Style}};

/// Which of the columns that a terminal shows in colour are written when the selected name moves and loses its colour.
fn main() {
    for (before, after) in [("abcd", " bc "), ("王王", " 王 "), ("欧阳王", " 欧阳 ")] {
        let columns = 2 * before.chars().filter(|c| !c.is_ascii()).count()
            + before.chars().filter(char::is_ascii).count();
        let area = Rect::new(0, 0, columns as u16, 1);
        let mut old = Buffer::empty(area);
        old.set_string(0, 0, before, Style::new().bg(Color::Blue));
        let mut new = Buffer::empty(area);
        new.set_string(0, 0, after, Style::new());
        let mut written = vec![false; columns];
        for (x, _, cell) in old.diff(&new) {
            let wide = if cell.symbol().is_ascii() { 1 } else { 2 };
            written[usize::from(x)..usize::from(x) + wide].fill(true);
        }
        let left: Vec<usize> = (0..columns).filter(|x| !written[*x]).collect();
        println!("{before:?} to {after:?}: columns never written {left:?}");
    }
}
R
cargo run --quiet >seen
cat seen
diff - seen <<'S'
"abcd" to " bc ": columns never written []
"王王" to " 王 ": columns never written [3]
"欧阳王" to " 欧阳 ": columns never written [5]
S
echo "as described"
