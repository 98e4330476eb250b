//! A telephone number large enough to be read across the desk: each digit three rows high, of `_` and `|` alone, so
//! that it looks the same in every terminal.

use super::paint::write;
use super::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Rows a large number takes.
pub const HEIGHT: u16 = 3;
/// Columns of a digit, and of the gaps after a digit and between groups.
const WIDE: usize = 3;
const GAP: usize = 1;
const BETWEEN: usize = 2;

/// The three rows of a digit.
const fn strokes(digit: u8) -> [&'static str; 3] {
    match digit {
        b'0' => [" _ ", "| |", "|_|"],
        b'1' => ["   ", "  |", "  |"],
        b'2' => [" _ ", " _|", "|_ "],
        b'3' => [" _ ", " _|", " _|"],
        b'4' => ["   ", "|_|", "  |"],
        b'5' => [" _ ", "|_ ", " _|"],
        b'6' => [" _ ", "|_ ", "|_|"],
        b'7' => [" _ ", "  |", "  |"],
        b'8' => [" _ ", "|_|", "|_|"],
        b'9' => [" _ ", "|_|", " _|"],
        _ => ["   ", "   ", "   "],
    }
}

/// The digits of a number in the groups in which it is read out: as it is written, else 3-4-4 for a mobile number,
/// the area code apart, and fours from the end.
pub fn groups(number: &str) -> Vec<String> {
    let written: Vec<String> = number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let [digits] = written.as_slice() else { return written };
    if digits.len() == 10 && digits.starts_with(['4', '8']) {
        // A service number: 400 800 1234.
        return vec![digits[..3].to_owned(), digits[3..6].to_owned(), digits[6..].to_owned()];
    }
    let head = match digits.len() {
        11 if digits.starts_with('1') => 3,
        // 010 and 020 to 029 are the area codes of three digits.
        10..=12 if digits.starts_with("01") || digits.starts_with("02") => 3,
        10..=12 if digits.starts_with('0') => 4,
        n => n % 4,
    };
    let (area, rest) = digits.split_at(head);
    let first = rest.len() % 4;
    let mut out = vec![area.to_owned(), rest[..first].to_owned()];
    out.extend(rest.as_bytes()[first..].chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()));
    out.retain(|group| !group.is_empty());
    out
}

/// The three rows of a number.
pub fn rows(number: &str) -> [String; 3] {
    let mut out = [String::new(), String::new(), String::new()];
    for (at, group) in groups(number).iter().enumerate() {
        for (row, line) in out.iter_mut().enumerate() {
            if at > 0 {
                line.push_str(&" ".repeat(BETWEEN));
            }
            for digit in group.bytes() {
                line.push_str(strokes(digit)[row]);
                line.push_str(&" ".repeat(GAP));
            }
        }
    }
    out.map(|line| line.trim_end().to_owned())
}

/// Columns a large number takes.
pub fn width(number: &str) -> usize {
    let groups = groups(number);
    let digits: usize = groups.iter().map(String::len).sum();
    digits * (WIDE + GAP) + groups.len().saturating_sub(1) * BETWEEN
}

/// Draws a number at the top of an area, large when there is room for that; returns how many lines it took.
pub fn draw(frame: &mut Frame, area: Rect, number: &str, roomy: bool, theme: Theme) -> u16 {
    if !roomy || width(number) > usize::from(area.width) + GAP || groups(number).is_empty() {
        write(frame, area, area.x, area.y, &groups(number).join(" "), theme.strong(), theme);
        return 1;
    }
    for (y, row) in (area.y..).zip(rows(number)) {
        write(frame, area, area.x, y, &row, theme.strong(), theme);
    }
    HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_as_it_is_read_out() {
        for (number, read) in [
            ("13800135678", "138 0013 5678"),
            ("053288901101", "0532 8890 1101"),
            ("01062781234", "010 6278 1234"),
            ("0532-8890-1101", "0532 8890 1101"),
            ("8890110", "889 0110"),
            ("88901101", "8890 1101"),
            ("4008001234", "400 800 1234"),
        ] {
            assert_eq!(groups(number).join(" "), read);
        }
    }

    #[test]
    fn no_two_digits_look_alike_and_all_are_of_one_size() {
        for one in b'0'..=b'9' {
            assert!(strokes(one).iter().all(|row| row.len() == WIDE));
            for other in one + 1..=b'9' {
                assert_ne!(strokes(one), strokes(other), "{one} {other}");
            }
        }
        assert!(rows("13800135678").iter().all(|row| row.len() <= width("13800135678")));
    }
}
