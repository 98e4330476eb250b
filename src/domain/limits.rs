//! How long what is typed or pasted may be. What is longer is refused with its length, never cut.

/// Characters of a search, a filter or a command.
pub const QUERY: usize = 200;
/// Characters of a field of one line.
pub const FIELD: usize = 500;
/// Characters of a file's path.
pub const PATH: usize = 2000;
/// Characters of free words.
pub const WORDS: usize = 4000;

/// The limit of a form's field of one line.
pub fn of_field(id: &str) -> usize {
    match id {
        "path" | "inbox" => PATH,
        _ => FIELD,
    }
}

/// The limit of an argument of the command line.
pub fn of_argument(id: &str) -> usize {
    match id {
        "text" | "words" | "note" | "ask" | "said" | "lines" => WORDS,
        "value" | "file" | "inbox" | "out" => PATH,
        _ => FIELD,
    }
}

/// A number as it is read: 5,213.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let read: Vec<String> = [0, 12, 999, 1000, 5213, 200_000, 1_234_567].map(grouped).to_vec();
        assert_eq!(read, ["0", "12", "999", "1,000", "5,213", "200,000", "1,234,567"]);
    }
}
