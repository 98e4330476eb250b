//! One slip of the finger.

use super::rng::Rng;

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether the two letters' keys touch.
pub fn near(a: u8, b: u8) -> bool {
    let place = |key: u8| {
        ROWS.iter().zip(0i32..).find_map(|(row, y)| row.bytes().position(|k| k == key).map(|x| (x as i32, y)))
    };
    let (Some((ax, ay)), Some((bx, by))) = (place(a), place(b)) else { return false };
    // A row stands half a key to the right of the one above: `a` touches `q` and `w`.
    match by - ay {
        0 => (ax - bx).abs() == 1,
        1 => bx == ax || bx == ax - 1,
        -1 => bx == ax || bx == ax + 1,
        _ => false,
    }
}

/// The letters with two swapped, one missing, one doubled or one that a neighbouring key gave.
pub fn slip(letters: &str, rng: &mut Rng) -> String {
    let letters = letters.as_bytes();
    loop {
        let mut typed = letters.to_vec();
        let at = rng.below(letters.len());
        match rng.below(4) {
            0 if at + 1 < letters.len() => typed.swap(at, at + 1),
            1 => {
                typed.remove(at);
            }
            2 => typed.insert(at, letters[at]),
            3 => {
                let around: Vec<u8> = (b'a'..=b'z').filter(|key| near(*key, letters[at])).collect();
                typed[at] = *rng.pick(&around);
            }
            _ => {}
        }
        if typed != letters {
            return String::from_utf8_lossy(&typed).into_owned();
        }
    }
}
