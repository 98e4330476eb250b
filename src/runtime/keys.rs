//! The bytes a terminal sends, as keys.
//!
//! Written here rather than left to the library for three reasons: a paste that never ends must not freeze the
//! desk, a terminal that is gone must not spin it, and the answer to a question (where is the cursor?) must be
//! read without holding up or losing what is typed meanwhile. Pure: bytes go in, inputs come out.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The longest text taken as one paste; what comes after it is the next one.
const LONGEST_PASTE: usize = 1 << 20;
/// The longest escape sequence; a longer one is none.
const LONGEST_SEQUENCE: usize = 64;
const PASTE_END: &[u8] = b"\x1b[201~";

/// One thing the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// A pasted text.
    Paste(String),
    /// The mouse.
    Mouse(MouseEvent),
    /// Where the cursor stands: row and column, from 1. The answer to `ESC [ 6 n`.
    Cursor(u16, u16),
    /// The colour of its ground: red, green, blue. The answer to `ESC ] 11 ; ?`.
    Ground(u8, u8, u8),
}

/// How the terminal's answer about its ground begins.
const GROUND: &[u8] = b"\x1b]11;";

/// Reads bytes as they come; an unfinished sequence waits for its rest.
#[derive(Debug, Default)]
pub struct Parser {
    waiting: Vec<u8>,
    /// What was pasted so far, while a paste is going on.
    paste: Option<Vec<u8>>,
    /// The terminal was asked for its ground and has not answered: only then is `ESC ]` more than a key.
    asked_ground: bool,
}

/// How far the front of the waiting bytes could be read.
enum Step {
    /// So many bytes are one input.
    Took(usize, Option<Input>),
    /// More bytes are needed.
    More,
}

impl Parser {
    /// Takes bytes in.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.waiting.extend_from_slice(bytes);
        self.run(false)
    }

    /// Reads one answer about the terminal's ground, which was asked for.
    pub fn expect_ground(&mut self) {
        self.asked_ground = true;
    }

    /// Whether silence says something: after a lone ESC, that it is the key; call [`Parser::idle`] then. So it is after
    /// the key that an answer begins with. Anything else that has begun waits for its rest, however slow the line is.
    pub fn is_at_escape(&self) -> bool {
        self.paste.is_none() && [&b"\x1b"[..], b"\x1b]"].contains(&self.waiting.as_slice())
    }

    /// Whether a paste is going on, which is given more time than a key.
    pub fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Nothing more came: a lone ESC is the key, and a paste without an end is over. A character or a sequence of which
    /// a part is there stays: what does not go on from it ends it.
    pub fn idle(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.waiting);
            out.extend(pasted(&paste));
        }
        out.extend(self.run(true));
        out
    }

    fn run(&mut self, finished: bool) -> Vec<Input> {
        let mut out = Vec::new();
        let mut at = 0;
        loop {
            if self.paste.is_some() {
                match self.run_paste(&mut at) {
                    Some(done) => out.extend(done),
                    None => break,
                }
                continue;
            }
            let rest = &self.waiting[at..];
            if rest.is_empty() {
                break;
            }
            if rest.starts_with(b"\x1b[200~") {
                at += 6;
                self.paste = Some(Vec::new());
                continue;
            }
            let step = match ground(rest).filter(|_| self.asked_ground) {
                Some(step) if !(finished && rest == b"\x1b]") => step,
                _ => read(rest),
            };
            match step {
                Step::Took(bytes, Some(input @ Input::Ground(..))) => {
                    self.asked_ground = false;
                    at += bytes;
                    out.push(input);
                }
                Step::Took(bytes, input) => {
                    at += bytes;
                    out.extend(input);
                }
                Step::More if finished && rest == b"\x1b" => {
                    at += 1;
                    out.push(key(KeyCode::Esc, KeyModifiers::NONE));
                }
                // No sequence is as long.
                Step::More if rest.len() > LONGEST_SEQUENCE => at += rest.len(),
                Step::More => break,
            }
        }
        self.waiting.drain(..at);
        out
    }

    /// Moves what is waiting into the paste; the paste itself once it ends or is long enough.
    fn run_paste(&mut self, at: &mut usize) -> Option<Vec<Input>> {
        let paste = self.paste.as_mut()?;
        let rest = &self.waiting[*at..];
        if let Some(end) = rest.windows(PASTE_END.len()).position(|window| window == PASTE_END) {
            paste.extend_from_slice(&rest[..end]);
            *at += end + PASTE_END.len();
            return Some(pasted(&self.paste.take().unwrap_or_default()));
        }
        // The end may have begun: keep what could be its front.
        let keep = (1..PASTE_END.len()).rev().find(|n| rest.ends_with(&PASTE_END[..*n])).unwrap_or(0);
        let moved = rest.len() - keep;
        paste.extend_from_slice(&rest[..moved]);
        *at += moved;
        (paste.len() >= LONGEST_PASTE).then(|| pasted(&std::mem::take(paste)))
    }
}

/// The pasted text, if there is any.
fn pasted(bytes: &[u8]) -> Vec<Input> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if text.is_empty() { Vec::new() } else { vec![Input::Paste(text)] }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

/// Reads one input from the front.
fn read(bytes: &[u8]) -> Step {
    match bytes[0] {
        0x1b => escape(bytes),
        byte @ (0..=0x1f | 0x7f) => Step::Took(1, Some(control(byte))),
        _ => character(bytes, KeyModifiers::NONE, 0),
    }
}

fn control(byte: u8) -> Input {
    let ctrl = |c: u8| key(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        0x7f => key(KeyCode::Backspace, KeyModifiers::NONE),
        0 => ctrl(b' '),
        1..=0x1a => ctrl(byte - 1 + b'a'),
        _ => ctrl(byte - 0x1c + b'4'),
    }
}

/// One character in UTF-8, after `before` bytes.
fn character(bytes: &[u8], modifiers: KeyModifiers, before: usize) -> Step {
    let rest = &bytes[before..];
    let len = match rest[0] {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        // No character begins so: a byte of some other encoding.
        _ => return Step::Took(before + 1, None),
    };
    // Whatever does not go on from it shows that it will never be whole.
    if rest.iter().take(len).skip(1).any(|byte| !matches!(byte, 0x80..=0xbf)) {
        return Step::Took(before + 1, None);
    }
    if rest.len() < len {
        return Step::More;
    }
    let Some(c) = std::str::from_utf8(&rest[..len]).ok().and_then(|text| text.chars().next()) else {
        return Step::Took(before + 1, None);
    };
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Step::Took(before + len, Some(key(KeyCode::Char(c), modifiers | shift)))
}

/// An answer about the terminal's ground: `rgb:` and the parts of the colour in one to four digits each, up to a bell or
/// `ESC \`. None where it is something else that begins.
fn ground(bytes: &[u8]) -> Option<Step> {
    if bytes.len() < 2 || !bytes.iter().zip(GROUND).all(|(one, other)| one == other) {
        return None;
    }
    let Some(said) = bytes.get(GROUND.len()..) else { return Some(Step::More) };
    let Some(end) = said.iter().position(|byte| !matches!(byte, 0x20..=0x7e)) else {
        return Some(Step::More);
    };
    let ends = match (said[end], said.get(end + 1)) {
        (0x07, _) => 1,
        (0x1b, None) => return Some(Step::More),
        (0x1b, Some(b'\\')) => 2,
        // It was cut off, and something else begins.
        _ => 0,
    };
    let color = std::str::from_utf8(&said[..end]).ok().filter(|_| ends > 0).and_then(color);
    Some(Step::Took(
        GROUND.len() + end + ends,
        color.map(|[red, green, blue]| Input::Ground(red, green, blue)),
    ))
}

/// `rgb:ffff/ffff/ffff`, and with a fourth part that says what shines through.
fn color(text: &str) -> Option<[u8; 3]> {
    let (kind, parts) = text.split_once(':')?;
    if !matches!(kind, "rgb" | "rgba") {
        return None;
    }
    let part = |digits: &str| {
        let most = 16_u32
            .checked_pow(u32::try_from(digits.len()).ok()?)
            .filter(|most| (16..=65536).contains(most))?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        u8::try_from(value * 255 / (most - 1)).ok()
    };
    let mut parts = parts.split('/').map(part);
    Some([parts.next()??, parts.next()??, parts.next()??])
}

fn escape(bytes: &[u8]) -> Step {
    match bytes.get(1) {
        None => Step::More,
        Some(b'[') => sequence(bytes),
        Some(b'O') => match bytes.get(2) {
            None => Step::More,
            Some(0..=0x1f | 0x7f..) => Step::Took(2, None),
            Some(last) => Step::Took(3, letter_key(*last, KeyModifiers::NONE)),
        },
        // The second may begin a sequence of its own.
        Some(0x1b) => Step::Took(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        Some(byte @ (0..=0x1f | 0x7f)) => {
            let Input::Key(mut event) = control(*byte) else { return Step::Took(2, None) };
            event.modifiers |= KeyModifiers::ALT;
            Step::Took(2, Some(Input::Key(event)))
        }
        Some(_) => character(bytes, KeyModifiers::ALT, 1),
    }
}

/// `ESC [` parameters, then one final byte.
fn sequence(bytes: &[u8]) -> Step {
    if bytes.get(2) == Some(&b'M') {
        // A mouse of the oldest kind: three bytes follow. It was not asked for.
        return if bytes.len() < 6 { Step::More } else { Step::Took(6, None) };
    }
    if bytes.get(2) == Some(&b'[') {
        // The Linux console's first function keys.
        return match bytes.get(3) {
            None => Step::More,
            Some(last @ b'A'..=b'E') => {
                Step::Took(4, Some(key(KeyCode::F(last - b'A' + 1), KeyModifiers::NONE)))
            }
            Some(_) => Step::Took(4, None),
        };
    }
    let Some(end) = bytes[2..].iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return Step::More;
    };
    if !(0x40..=0x7e).contains(&bytes[2 + end]) {
        // No byte of a sequence: it was cut off, and something else begins.
        return Step::Took(2 + end, None);
    }
    let (parameters, last) = (&bytes[2..2 + end], bytes[2 + end]);
    let Ok(parameters) = std::str::from_utf8(parameters) else { return Step::Took(3 + end, None) };
    Step::Took(3 + end, sequence_input(parameters, last))
}

fn sequence_input(parameters: &str, last: u8) -> Option<Input> {
    if let Some(mouse) = parameters.strip_prefix('<') {
        return mouse_input(mouse, last == b'm');
    }
    let mut numbers =
        parameters.split(';').map(|part| part.split(':').next().unwrap_or("").parse::<u16>().ok());
    let first = numbers.next().flatten();
    let second = numbers.next().flatten();
    let modifiers = modifiers(second.unwrap_or(1));
    match last {
        b'R' => Some(Input::Cursor(first?, second?)),
        b'~' => tilde_key(first?).map(|code| key(code, modifiers)),
        b'u' => {
            let code = match first? {
                13 => KeyCode::Enter,
                27 => KeyCode::Esc,
                9 => KeyCode::Tab,
                127 => KeyCode::Backspace,
                other => KeyCode::Char(char::from_u32(u32::from(other))?),
            };
            Some(key(code, modifiers))
        }
        other => letter_key(other, modifiers),
    }
}

/// Shift 1, Alt 2, Control 4, counted from 1.
fn modifiers(parameter: u16) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let mut out = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            out |= modifier;
        }
    }
    out
}

fn letter_key(last: u8, modifiers: KeyModifiers) -> Option<Input> {
    let code = match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'Z' => return Some(key(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        _ => return None,
    };
    Some(key(code, modifiers))
}

fn tilde_key(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23 | 24 => KeyCode::F((number - 12) as u8),
        _ => return None,
    })
}

/// `button;column;row`, from 1.
fn mouse_input(parameters: &str, released: bool) -> Option<Input> {
    let mut numbers = parameters.split(';').map(|part| part.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let which = match button & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match button & 0b1110_0011 {
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        66 => MouseEventKind::ScrollLeft,
        67 => MouseEventKind::ScrollRight,
        32..=34 => MouseEventKind::Drag(which),
        35 => MouseEventKind::Moved,
        0..=2 if released => MouseEventKind::Up(which),
        0..=2 => MouseEventKind::Down(which),
        _ => return None,
    };
    let modifiers = modifiers(((button >> 2) & 7) + 1);
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Input::Mouse(MouseEvent { kind, column, row, modifiers }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(bytes: &[u8]) -> Vec<Input> {
        let mut parser = Parser::default();
        let mut out = parser.feed(bytes);
        out.extend(parser.idle());
        out
    }

    fn one(bytes: &[u8], code: KeyCode, modifiers: KeyModifiers) {
        assert_eq!(keys(bytes), [key(code, modifiers)], "{bytes:?}");
    }

    #[test]
    fn keys_as_terminals_send_them() {
        let (none, ctrl, alt, shift) =
            (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT);
        one(b"a", KeyCode::Char('a'), none);
        one(b"L", KeyCode::Char('L'), shift);
        one("王".as_bytes(), KeyCode::Char('王'), none);
        one("𬱖".as_bytes(), KeyCode::Char('𬱖'), none);
        one(b"\r", KeyCode::Enter, none);
        one(b"\t", KeyCode::Tab, none);
        one(b"\x1b[Z", KeyCode::BackTab, shift);
        one(b"\x7f", KeyCode::Backspace, none);
        one(b"\x03", KeyCode::Char('c'), ctrl);
        one(b"\x1a", KeyCode::Char('z'), ctrl);
        one(b"\x1b", KeyCode::Esc, none);
        one(b"\x1bf", KeyCode::Char('f'), alt);
        one(b"\x1b[A", KeyCode::Up, none);
        one(b"\x1bOB", KeyCode::Down, none);
        one(b"\x1b[1;5C", KeyCode::Right, ctrl);
        one(b"\x1b[5~", KeyCode::PageUp, none);
        one(b"\x1b[3;2~", KeyCode::Delete, shift);
        one(b"\x1b[15~", KeyCode::F(5), none);
        one(b"\x1b[24~", KeyCode::F(12), none);
        one(b"\x1bOP", KeyCode::F(1), none);
        one(b"\x1b[[B", KeyCode::F(2), none);
        one(b"\x1b[13;5u", KeyCode::Enter, ctrl);
    }

    #[test]
    fn what_comes_in_pieces_is_put_together() {
        let mut parser = Parser::default();
        let bytes = "王\x1b[A\x1b[200~一\n二\x1b[201~x".as_bytes();
        let mut out = Vec::new();
        for byte in bytes {
            out.extend(parser.feed(&[*byte]));
        }
        assert!(parser.waiting.is_empty() && !parser.is_pasting());
        let up = key(KeyCode::Up, KeyModifiers::NONE);
        let (first, last) =
            (key(KeyCode::Char('王'), KeyModifiers::NONE), key(KeyCode::Char('x'), KeyModifiers::NONE));
        assert_eq!(out, [first, up, Input::Paste("一\n二".to_owned()), last]);
    }

    #[test]
    fn what_comes_slowly_arrives_whole_and_only_a_lone_escape_is_ended_by_silence() {
        // Between any two bytes the line is silent for longer than the terminal is waited for.
        let mut parser = Parser::default();
        let mut out = Vec::new();
        for byte in "王𬱖\x1b[A\x1b[1;5Céx".as_bytes() {
            out.extend(parser.feed(&[*byte]));
            if parser.is_at_escape() {
                // What belongs to a sequence has left the terminal together with its ESC.
                continue;
            }
            out.extend(parser.idle());
        }
        let char = |c| key(KeyCode::Char(c), KeyModifiers::NONE);
        let (up, right) = (key(KeyCode::Up, KeyModifiers::NONE), key(KeyCode::Right, KeyModifiers::CONTROL));
        assert_eq!(out, [char('王'), char('𬱖'), up, right, char('é'), char('x')]);
        assert!(parser.feed(b"\x1b").is_empty() && parser.is_at_escape());
        assert_eq!(parser.idle(), [key(KeyCode::Esc, KeyModifiers::NONE)]);
    }

    #[test]
    fn what_was_cut_off_takes_no_key_with_it() {
        let q = key(KeyCode::Char('q'), KeyModifiers::NONE);
        let enter = key(KeyCode::Enter, KeyModifiers::NONE);
        // The first one or two bytes of a hanzi, then a key; another hanzi; a sequence that a new one interrupts.
        assert_eq!(keys(b"\xe7q"), std::slice::from_ref(&q));
        assert_eq!(keys(b"\xe7\x8eq"), std::slice::from_ref(&q));
        assert_eq!(keys("\u{738b}".as_bytes()), keys(b"\xe7\x8e\xe7\x8e\x8b"));
        assert_eq!(keys(b"\x1b[1;\r"), std::slice::from_ref(&enter));
        assert_eq!(keys(b"\x1b[1;\x1b[A"), keys(b"\x1b[A"));
        assert_eq!(keys("\x1b[王".as_bytes()), keys("王".as_bytes()));
    }

    #[test]
    fn a_paste_without_an_end_does_not_freeze_the_desk() {
        let mut parser = Parser::default();
        assert!(parser.feed(b"\x1b[200~one\rtwo").is_empty());
        assert!(parser.is_pasting());
        assert_eq!(parser.idle(), [Input::Paste("one\ntwo".to_owned())]);
        assert!(parser.waiting.is_empty() && !parser.is_pasting());
        assert_eq!(parser.feed(b"q"), [key(KeyCode::Char('q'), KeyModifiers::NONE)]);
        // Nor does one that never stops.
        let mut parser = Parser::default();
        parser.feed(b"\x1b[200~");
        assert!(!parser.feed(&vec![b'x'; LONGEST_PASTE + 1]).is_empty());
    }

    #[test]
    fn the_cursor_and_the_mouse() {
        assert_eq!(keys(b"\x1b[12;3R"), [Input::Cursor(12, 3)]);
        let mouse =
            |kind, column, row| Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        assert_eq!(keys(b"\x1b[<0;5;7M"), [mouse(MouseEventKind::Down(MouseButton::Left), 4, 6)]);
        assert_eq!(keys(b"\x1b[<0;5;7m"), [mouse(MouseEventKind::Up(MouseButton::Left), 4, 6)]);
        assert_eq!(keys(b"\x1b[<65;1;1M"), [mouse(MouseEventKind::ScrollDown, 0, 0)]);
        assert!(keys(b"\x1b[<0;0;0M").is_empty());
    }

    #[test]
    fn the_ground_is_read_once_it_was_asked_for() {
        let q = key(KeyCode::Char('q'), KeyModifiers::NONE);
        let asked = |bytes: &[u8], whole: bool| {
            let mut parser = Parser::default();
            parser.expect_ground();
            let mut out = Vec::new();
            for part in bytes.chunks(if whole { bytes.len() } else { 1 }) {
                out.extend(parser.feed(part));
            }
            out.extend(parser.feed(b"q"));
            (out, parser)
        };
        for (answer, color) in [
            (&b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07"[..], (30, 30, 30)),
            (b"\x1b]11;rgb:ffff/8080/0000\x1b\\", (255, 128, 0)),
            (b"\x1b]11;rgb:f/0/8\x07", (255, 0, 136)),
            (b"\x1b]11;rgba:ff/fa/00/80\x07", (255, 250, 0)),
        ] {
            for whole in [true, false] {
                let (out, mut parser) = asked(answer, whole);
                assert_eq!(out, [Input::Ground(color.0, color.1, color.2), q.clone()], "{answer:?}");
                // Once: then the same bytes are keys.
                assert_eq!(parser.feed(b"\x1b]"), [key(KeyCode::Char(']'), KeyModifiers::ALT)]);
            }
        }
        // What cannot be read is passed over, and what was cut off takes no key with it.
        for bytes in [&b"\x1b]11;?\x07"[..], b"\x1b]11;rgb:12345/0/0\x07", b"\x1b]11;rgb:0/0\x1b\\"] {
            assert_eq!(asked(bytes, true).0, std::slice::from_ref(&q), "{bytes:?}");
        }
        let (out, _) = asked(b"\x1b]11;rgb:00\x1b[A", true);
        assert_eq!(out, [key(KeyCode::Up, KeyModifiers::NONE), q.clone()]);
        let (out, _) = asked("\x1b]11;rgb王".as_bytes(), true);
        assert_eq!(out, [key(KeyCode::Char('王'), KeyModifiers::NONE), q.clone()]);
        // The key that it begins with is one still, whether silence or another follows.
        let alt = key(KeyCode::Char(']'), KeyModifiers::ALT);
        assert_eq!(asked(b"\x1b]", true).0, [alt.clone(), q.clone()]);
        let mut parser = Parser::default();
        parser.expect_ground();
        assert!(parser.feed(b"\x1b]").is_empty() && parser.is_at_escape());
        assert_eq!(parser.idle(), std::slice::from_ref(&alt));
        // Unasked it is a key, and what follows are others.
        assert_eq!(keys(b"\x1b]11;").first(), Some(&alt));
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let q = key(KeyCode::Char('q'), KeyModifiers::NONE);
        assert_eq!(keys(b"\x1b[?62;4cq"), std::slice::from_ref(&q));
        assert_eq!(keys(b"\xff\xfeq"), std::slice::from_ref(&q));
        assert_eq!(keys(b"\x1b[I\x1b[Oq").last(), Some(&q));
        assert!(keys(b"\x1b[1;2;3").is_empty());
        assert_eq!(keys(b"\x1b\x1b[A").len(), 2);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_the_desk(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0..200usize) {
            let mut parser = Parser::default();
            if cut % 2 == 0 {
                parser.expect_ground();
            }
            let cut = cut.min(bytes.len());
            parser.feed(&bytes[..cut]);
            parser.feed(&bytes[cut..]);
            parser.idle();
            prop_assert!(!parser.is_pasting());
            // And the next keys are read again: what was cut off takes no more than the rest of one sequence.
            let mut read = parser.feed(b"\r\r\r\r");
            read.extend(parser.feed(b"q"));
            prop_assert_eq!(read.last(), Some(&key(KeyCode::Char('q'), KeyModifiers::NONE)));
        }
    }
}
