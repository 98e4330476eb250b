//! Which bytes of a database hold something, read from the file as its format is described: whoever says that a
//! flipped bit was harmless must say what it stood in.

/// What a byte of a database stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The first hundred bytes.
    Header,
    /// The head of a page, and the places of its cells.
    Frame,
    /// A cell: a row or an entry of an index, wherever its rest lies.
    Cell,
    /// Nothing: room between cells, or after the end of a row's rest.
    Room,
}

/// The place of every byte, from the pages that tables and indexes begin at.
pub fn places(file: &[u8], roots: &[usize]) -> Vec<Place> {
    let page = match number(file, 16, 2) {
        1 => 65_536,
        size => size,
    };
    assert_eq!(file[20], 0, "no page keeps room at its end");
    let mut walk = Walk { file, page, places: vec![Place::Room; file.len()], seen: 0 };
    walk.mark(0, 100, Place::Header);
    for root in roots {
        walk.tree(*root);
    }
    assert_eq!(walk.seen, file.len() / page, "a page belongs to nothing");
    walk.places
}

struct Walk<'f> {
    file: &'f [u8],
    page: usize,
    places: Vec<Place>,
    seen: usize,
}

fn number(file: &[u8], at: usize, len: usize) -> usize {
    file[at..at + len].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// A number of as many bytes as it needs, and where it ends.
fn varint(file: &[u8], at: usize) -> (usize, usize) {
    let mut sum = 0;
    for (n, byte) in file[at..at + 8].iter().enumerate() {
        sum = sum << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (sum, at + n + 1);
        }
    }
    (sum << 8 | usize::from(file[at + 8]), at + 9)
}

impl Walk<'_> {
    fn mark(&mut self, from: usize, len: usize, place: Place) {
        self.places[from..from + len].fill(place);
    }

    fn tree(&mut self, number_of: usize) {
        self.seen += 1;
        let begin = (number_of - 1) * self.page;
        let head = begin + if number_of == 1 { 100 } else { 0 };
        let kind = self.file[head];
        let inner = kind == 2 || kind == 5;
        let len = if inner { 12 } else { 8 };
        let cells = number(self.file, head + 3, 2);
        self.mark(head, len + 2 * cells, Place::Frame);
        for cell in 0..cells {
            let at = begin + number(self.file, head + len + 2 * cell, 2);
            self.cell(at, kind);
        }
        if inner {
            self.tree(number(self.file, head + 8, 4));
        }
        let mut free = number(self.file, head + 1, 2);
        while free != 0 {
            self.mark(begin + free, 4, Place::Frame);
            free = number(self.file, begin + free, 2);
        }
    }

    fn cell(&mut self, begin: usize, kind: u8) {
        let mut at = begin;
        if kind == 2 || kind == 5 {
            self.tree(number(self.file, at, 4));
            at += 4;
        }
        let mut whole = 0;
        if kind != 5 {
            (whole, at) = varint(self.file, at);
        }
        if kind == 5 || kind == 13 {
            at = varint(self.file, at).1;
        }
        let least = (self.page - 12) * 32 / 255 - 23;
        let most = if kind == 13 { self.page - 35 } else { (self.page - 12) * 64 / 255 - 23 };
        let here = if whole <= most {
            whole
        } else {
            let some = least + (whole - least) % (self.page - 4);
            if some <= most { some } else { least }
        };
        at += here;
        let (mut rest, mut next) = (whole - here, 0);
        if rest > 0 {
            next = number(self.file, at, 4);
            at += 4;
        }
        self.mark(begin, at - begin, Place::Cell);
        while rest > 0 {
            self.seen += 1;
            let page = (next - 1) * self.page;
            let part = rest.min(self.page - 4);
            self.mark(page, 4 + part, Place::Cell);
            next = number(self.file, page, 4);
            rest -= part;
        }
    }
}
