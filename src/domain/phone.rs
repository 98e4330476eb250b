//! Telephone numbers as they are compared: digits only.

use std::ops::Range;

/// Where telephone numbers stand in a text among names: every run of seven digits or more, however it is grouped.
pub fn runs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // Where a run began, where its last digit ended, and how many digits it has.
    let mut run: Option<(usize, usize, usize)> = None;
    let mut close = |run: &mut Option<(usize, usize, usize)>| {
        out.extend(run.take().filter(|(.., digits)| *digits >= SHORTEST).map(|(from, to, _)| from..to));
    };
    for (at, c) in text.char_indices() {
        let joins = match (c, run) {
            (' ', Some((.., digits))) => digits < WHOLE,
            ('(' | ')' | '（' | '）', Some((.., digits))) => digits < SHORTEST,
            ('-' | '－' | '—' | '–', Some(_)) => true,
            _ => false,
        };
        if matches!(c, '0'..='9' | '０'..='９') {
            let (from, _, digits) = run.unwrap_or((at, at, 0));
            run = Some((from, at + c.len_utf8(), digits + 1));
        } else if !joins {
            close(&mut run);
        }
    }
    close(&mut run);
    out
}

/// Digits of a mobile number: behind as many a blank parts two numbers.
const WHOLE: usize = 11;

/// The digits of the first number in `text`, without country code and extension: what two ways of writing one
/// number have in common. An area code stays; whoever compares lets either side leave it out ([`same`]).
pub fn digits(text: &str) -> String {
    let mut groups: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let c = match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            other => other,
        };
        let so_far: usize = groups.iter().map(String::len).sum();
        match c {
            '0'..='9' => {
                if let Some(group) = groups.last_mut() {
                    group.push(c);
                }
            }
            // Behind these stands an extension, or another number.
            '转' | '分' | '#' | '＃' | 'x' | 'X' | 'e' | 'E' | ',' | '，' | '、' | '/' | '／' | ';'
            | '；'
                if so_far >= SHORTEST =>
            {
                break;
            }
            '-' | '－' | '—' | '–' if groups.last().is_some_and(|group| !group.is_empty()) => {
                groups.push(String::new());
            }
            _ => {}
        }
    }
    // A landline's last group is an extension: 0532-66780000-8012, 66780000-8012. A mobile number may be parted
    // anywhere: 138 0013-5678.
    let mobile = groups.iter().map(String::len).sum::<usize>() == 11 && groups[0].starts_with('1');
    let landline = groups.iter().position(|group| matches!(group.len(), 7 | 8)).filter(|_| !mobile);
    if let Some(at) = landline
        && at + 2 == groups.len()
        && groups[at + 1].len() <= 5
        && groups[..at].iter().map(String::len).sum::<usize>() <= 4
    {
        groups.pop();
    }
    let all = groups.concat();
    for code in ["0086", "86"] {
        // What is left must be a mobile number, or a landline with its area code (whose 0 may have been dropped).
        if let Some(rest) = all.strip_prefix(code)
            && all.len() >= 12
        {
            let mobile = rest.len() == 11 && rest.starts_with('1');
            return if mobile || rest.starts_with('0') { rest.to_owned() } else { format!("0{rest}") };
        }
    }
    // Long distance puts a 0 before a mobile number: 0138…; an area code is never 013 to 019.
    match all.strip_prefix('0') {
        Some(rest) if rest.len() == 11 && matches!(rest.as_bytes(), [b'1', b'3'..=b'9', ..]) => {
            rest.to_owned()
        }
        _ => all,
    }
}

/// The fewest digits that are a number of their own.
pub const SHORTEST: usize = 7;

/// Whether two numbers, as [`digits`] gives them, are one: the same, or the same but for the area code.
pub fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long && !short.is_empty()
        || short.len() >= SHORTEST
            && long.starts_with('0')
            && long.len() - short.len() <= 4
            && long.ends_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_written_in_many_ways() {
        for text in [
            "13800135678",
            "+86 138 0013 5678",
            "0086-138-0013-5678",
            "１３８００１３５６７８",
            "138-0013-5678 本人",
            "013800135678",
        ] {
            assert_eq!(digits(text), "13800135678", "{text}");
        }
        for text in [
            "0532-66780000",
            "(0532) 6678 0000",
            "+86-532-66780000",
            "+86-0532-66780000",
            "0532-66780000-8012",
            "0532-66780000转8012",
        ] {
            assert_eq!(digits(text), "053266780000", "{text}");
        }
        assert_eq!(digits("66780000-8012"), "66780000");
        assert_eq!(digits("66780000/66780001"), "66780000");
        assert_eq!(digits("0532-6678-0000"), "053266780000");
        assert_eq!(digits("+86 10 6555 4321"), "01065554321");
        assert_eq!(digits("12320"), "12320");
        assert_eq!(digits("没有"), "");
    }

    #[test]
    fn the_area_code_may_be_left_out() {
        assert!(same("053266780000", "66780000"));
        assert!(same("66780000", "053266780000"));
        assert!(same("12320", "12320"));
        assert!(!same("053266780000", "66780001"));
        assert!(!same("13866780000", "66780000"), "a mobile number has no area code");
        assert!(!same("", ""));
        assert!(!same("0532", "2"));
    }
}
