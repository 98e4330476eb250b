//! An xterm on a screen that nobody sees. At a key it writes what it shows into a file.

use super::PATIENCE;
use super::frames::{COLUMNS, ROWS};
use super::inside::{LOCALE, Terminal};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use unicode_width::UnicodeWidthChar;
use zhiban::clock::monotonic;

/// How long a page that was asked for is waited for before it is asked for again.
const AGAIN: Duration = Duration::from_secs(2);
/// The number of the colour of letters without one.
const INK: u8 = 100;
/// The number of the colour behind them.
const PAPER: u8 = 101;
/// The key that prints.
const PRINTS: &str = "F12";

pub struct Xterm {
    server: Child,
    shown: Child,
    display: String,
    pages: PathBuf,
}

impl Xterm {
    pub fn open(room: &Path, run: &Path, seed: u64) -> Self {
        // The server ends with its last client.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-terminate", "-r", "-nolisten", "tcp", "-screen", "0", "1024x768x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());
        let pages = room.join("pages");
        std::fs::create_dir(&pages).unwrap();
        let mut command = Command::new("xterm");
        command.args(["-u8", "-geometry", "80x24+0+0", "-name", "desk"]);
        let colours = (0..16).map(|n| format!("*VT100.color{n}: {}", resource(n)));
        let others = [
            format!("*VT100.translations: #override <Key>{PRINTS}: dump-html()"),
            format!("*VT100.foreground: {}", resource(INK)),
            format!("*VT100.background: {}", resource(PAPER)),
            "*VT100.boldColors: false".to_owned(),
        ];
        for resource in colours.chain(others) {
            command.arg("-xrm").arg(resource);
        }
        if seed % 4 == 3 {
            command.arg("-cjk_width");
        }
        command
            .args(["-e", "sh"])
            .arg(run)
            .env("DISPLAY", &display)
            .env("LC_ALL", LOCALE)
            .env("HOME", room)
            .current_dir(&pages);
        for name in ["TMUX", "STY", "COLORTERM", "XENVIRONMENT"] {
            command.env_remove(name);
        }
        let xterm = command.stderr(Stdio::null()).spawn().unwrap();
        let desk = Self { server, shown: xterm, display, pages };
        let args = ["search", "--sync", "--onlyvisible", "--classname", "desk", "windowfocus", "--sync"];
        desk.xdotool(&args);
        desk
    }

    /// What it shows, as a page of the web: what it prints has not the looks of cells that nothing was drawn in, and
    /// with a printer to wait for it may wait for the desk to end.
    fn print(&self) -> String {
        let until = monotonic() + PATIENCE;
        loop {
            assert!(monotonic() < until, "xterm never printed");
            // A key that comes while the keys' names change, as for a Chinese character, is lost.
            self.xdotool(&["key", PRINTS]);
            let again = monotonic() + AGAIN;
            while monotonic() < again {
                let page = std::fs::read_dir(&self.pages).unwrap().next();
                let page = page.map(|page| page.unwrap().path());
                let text = page.as_ref().and_then(|page| std::fs::read_to_string(page).ok());
                if let (Some(page), Some(text)) = (page, text)
                    && text.contains("</html>")
                {
                    std::fs::remove_file(page).unwrap();
                    return text;
                }
                std::thread::yield_now();
            }
        }
    }

    fn xdotool(&self, args: &[&str]) {
        let done = Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// A colour as the server takes it, by its number: what it comes to on a screen does not matter here.
fn resource(number: u8) -> String {
    format!("#{number:02x}0000")
}

/// The number of a colour in the desk's frames.
fn number(colour: vt100::Color, default: u8) -> u8 {
    match colour {
        vt100::Color::Default => default,
        vt100::Color::Idx(number) => number,
        vt100::Color::Rgb(..) => panic!("the desk uses the terminal's own colours"),
    }
}

/// The number of a colour that stands after `name`.
fn colour(looks: &str, name: &str) -> u8 {
    let red = looks.split_once(name).unwrap().1.strip_prefix("rgb(").unwrap().split('%').next().unwrap();
    (red.parse::<f32>().unwrap() * 2.55).round() as u8
}

/// One cell, if there is anything in it.
fn tell(
    out: &mut String,
    at: (u16, u16),
    text: &str,
    (ink, paper): (u8, u8),
    (bold, underlined): (bool, bool),
) {
    let blank = text == " ";
    if !blank || paper != PAPER || underlined {
        let looks = (!blank).then_some((ink, bold));
        writeln!(out, "{at:?} {text} on {paper}, underlined {underlined}, {looks:?}").unwrap();
    }
}

/// A key's names, as the server has them.
fn names(key: &str) -> Vec<String> {
    let one = |name: &str| vec![name.to_owned()];
    match key {
        "\r" => one("Return"),
        "\t" => one("Tab"),
        "\x1b" => one("Escape"),
        "\x1b[B" => one("Down"),
        "\x1b[6~" => one("Next"),
        "-" => one("minus"),
        "/" => one("slash"),
        ":" => one("colon"),
        "?" => one("question"),
        "=" => one("equal"),
        " " => one("space"),
        _ if key.is_ascii() => key.chars().map(String::from).collect(),
        _ => key.chars().map(|c| format!("U{:04X}", u32::from(c))).collect(),
    }
}

impl Terminal for Xterm {
    fn press(&mut self, key: &str) {
        let names = names(key);
        let mut args = vec!["key", "--delay", "0"];
        args.extend(names.iter().map(String::as_str));
        self.xdotool(&args);
    }

    fn said(&self, frames: &vt100::Parser) -> String {
        let mut out = String::new();
        for (row, column) in (2..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (row, column))) {
            let Some(cell) = frames.screen().cell(row, column) else { continue };
            if cell.is_wide_continuation() {
                continue;
            }
            let (ink, paper) = (number(cell.fgcolor(), INK), number(cell.bgcolor(), PAPER));
            let (ink, paper) = if cell.inverse() { (paper, ink) } else { (ink, paper) };
            let text = if cell.has_contents() { cell.contents() } else { " " };
            tell(&mut out, (row, column), text, (ink, paper), (cell.bold(), cell.underline()));
        }
        out
    }

    fn look(&mut self) -> String {
        let page = self.print();
        let page = page.split_once("<pre>").unwrap().1.split_once("</pre>").unwrap().0;
        let mut out = String::new();
        for (row, line) in (0..ROWS).zip(page.lines()) {
            let mut column = 0;
            for span in line.split("<span class='").skip(1) {
                let (looks, text) = span.split_once('>').unwrap();
                let inks = (colour(looks, "style='color: "), colour(looks, "background: "));
                let marks = looks.split('\'').next().unwrap();
                let marks = (marks.contains("bd"), marks.contains("ul"));
                let text = text.replace("</span>", "").replace("&lt;", "<").replace("&gt;", ">");
                for c in
                    text.replace("&amp;", "&").replace('\u{a0}', " ").chars().filter(|c| *c != '\u{ffff}')
                {
                    if row >= 2 {
                        tell(&mut out, (row, column), c.encode_utf8(&mut [0; 4]), inks, marks);
                    }
                    column += c.width().unwrap_or(0) as u16;
                }
            }
        }
        out
    }

    fn end(&mut self) {
        let _ = self.shown.kill();
        let _ = self.shown.wait();
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
