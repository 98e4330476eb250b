//! The order of codes, rooms and names: numbers in words sort as numbers.

/// The text with before every number in it how long that is, in whatever numerals: 2班 comes before 10班, 二班 before 十班.
pub fn natural(text: &str) -> String {
    const NUMERALS: &str = "〇一二三四五六七八九十百零两";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_digit = |c: char| c.is_ascii_digit();
        let is_numeral = |c: char| NUMERALS.contains(c);
        let run = |fits: &dyn Fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let used = if is_digit(c) { run(&is_digit) } else { run(&is_numeral) };
        let word = &rest[..used];
        if used == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let number = if is_digit(c) { word.to_owned() } else { numeral(word).to_string() };
        let number = number.trim_start_matches('0');
        // A nine says that it goes on: 8 digits are 8, 9 are 90, 10 are 91.
        out.extend(std::iter::repeat_n('9', number.len() / 9));
        out.push(char::from(b'0' + (number.len() % 9) as u8));
        out.push_str(number);
        rest = &rest[used..];
    }
    out
}

/// 十二 as 12, 二十 as 20, 一百零二 as 102, 二〇二〇 as 2020.
fn numeral(word: &str) -> u64 {
    let (mut all, mut ones) = (0_u64, None::<u64>);
    for c in word.chars().take(8) {
        let digit = "〇一二三四五六七八九".chars().position(|known| known == c);
        match (c, digit) {
            ('十', _) => all += ones.take().unwrap_or(1) * 10,
            ('百', _) => all += ones.take().unwrap_or(1) * 100,
            (_, digit) => {
                let digit = digit.unwrap_or(if c == '两' { 2 } else { 0 }) as u64;
                ones = Some(ones.unwrap_or(0) * 10 + digit);
            }
        }
    }
    all + ones.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_words_sort_as_numbers() {
        for sorted in [
            ["土木2班", "土木10班", "土木101班"],
            ["土木二班", "土木十班", "土木十二班"],
            ["第3/14天", "第9/14天", "第12/14天"],
            ["一百零二号", "二百号", "二百一十号"],
            ["02-16", "02-17", "11-01"],
            ["2号楼101", "2号楼1001", "10号楼101"],
            ["U2", "U10", "U100"],
            ["甲", "甲1", "甲2"],
            ["0号", "9号", "12345678号"],
            ["12345678", "123456789", "1234567890"],
            ["99999999999999999", "123456789012345678", "1234567890123456789012345"],
            ["9", "10a", "a"],
        ] {
            let keys = sorted.map(natural);
            assert!(keys.is_sorted(), "{sorted:?} {keys:?}");
        }
        assert_eq!(natural("土木02班"), natural("土木2班"));
        assert_eq!(natural("零号"), natural("00号"));
    }
}
