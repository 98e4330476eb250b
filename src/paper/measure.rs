//! The two looks in numbers: margins, type sizes, line heights. All in points.

use super::block::{Look, Sheet};
use super::fonts::Role;

/// Points to a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A4, upright.
const A4: (f32, f32) = (210.0 * MM, 297.0 * MM);

/// How one kind of text is set.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// In which font.
    pub role: Role,
    /// How large.
    pub size: f32,
    /// How far an em of it moves the pen: the size, unless so many characters are to fill a line.
    pub em: f32,
    /// How far from line to line.
    pub line: f32,
    /// How much its strokes are fattened.
    pub heavy: f32,
    /// Space above.
    pub above: f32,
    /// Space below.
    pub below: f32,
}

impl Type {
    const fn new(role: Role, size: f32, line: f32) -> Self {
        Self { role, size, em: size, line, heavy: 0.0, above: 0.0, below: 0.0 }
    }

    const fn em(mut self, em: f32) -> Self {
        self.em = em;
        self
    }

    const fn spaced(mut self, above: f32, below: f32) -> Self {
        (self.above, self.below) = (above, below);
        self
    }

    /// What a title is set in whose characters its font does not have: the text font, fattened.
    #[must_use]
    pub const fn fattened(mut self) -> Self {
        (self.role, self.heavy) = (Role::Body, 0.75);
        self
    }

    const fn heavy(mut self, heavy: f32) -> Self {
        self.heavy = heavy;
        self
    }

    /// The same, larger or smaller.
    #[must_use]
    pub const fn sized(mut self, size: f32) -> Self {
        (self.size, self.em) = (size, size);
        self
    }

    /// How far below the top of its line the base line of a text is: the square of a Chinese character stands in
    /// the middle of the line, whatever the font says of itself.
    pub fn base(&self) -> f32 {
        (self.line - self.size) / 2.0 + self.size * 0.88
    }
}

/// A whole look.
#[derive(Debug, Clone, Copy)]
pub struct Measures {
    /// Which.
    pub look: Look,
    /// Width and height of the page.
    pub page: (f32, f32),
    /// Upper left corner of what is written on.
    pub corner: (f32, f32),
    /// Width and height of what is written on.
    pub area: (f32, f32),
    /// The title.
    pub title: Type,
    /// Headings of level 1 and 2.
    pub heading: [Type; 2],
    /// Running text.
    pub body: Type,
    /// Lists.
    pub item: Type,
    /// Tables.
    pub table: Type,
    /// Small print.
    pub small: Type,
    /// Titles and labels of pictures.
    pub label: Type,
    /// The page number.
    pub number: Type,
    /// How far the first line of a paragraph is set in, and headings, and lists.
    pub indent: f32,
    /// Empty room inside a cell, at the sides and above and below.
    pub cell: (f32, f32),
    /// Height of a line to sign on.
    pub sign: f32,
    /// Height of an empty ruled line.
    pub room: f32,
    /// Height of a picture's figures.
    pub picture: f32,
}

impl Measures {
    /// How a sheet is measured.
    pub fn of(sheet: &Sheet) -> Self {
        let page = if sheet.wide { (A4.1, A4.0) } else { A4 };
        match sheet.look {
            Look::Working => Self::working(page),
            Look::Official => Self::official(page),
        }
    }

    fn area(page: (f32, f32), [top, right, bottom, left]: [f32; 4]) -> ((f32, f32), (f32, f32)) {
        ((left * MM, top * MM), (page.0 - (left + right) * MM, page.1 - (top + bottom) * MM))
    }

    fn working(page: (f32, f32)) -> Self {
        let (corner, area) = Self::area(page, [16.0, 18.0, 19.0, 18.0]);
        Self {
            look: Look::Working,
            page,
            corner,
            area,
            title: Type::new(Role::Strong, 18.0, 26.0).spaced(0.0, 8.0),
            heading: [
                Type::new(Role::Strong, 12.5, 18.0).spaced(11.0, 3.5),
                Type::new(Role::Strong, 10.5, 16.0).spaced(7.0, 2.0),
            ],
            body: Type::new(Role::Body, 10.5, 16.5).spaced(3.0, 3.0),
            item: Type::new(Role::Body, 10.5, 16.0).spaced(1.5, 1.5),
            table: Type::new(Role::Body, 9.5, 13.5).spaced(5.0, 7.0),
            small: Type::new(Role::Body, 8.5, 12.5).spaced(3.0, 1.0),
            label: Type::new(Role::Body, 8.0, 11.0).spaced(8.0, 8.0),
            number: Type::new(Role::Body, 8.5, 12.0),
            indent: 0.0,
            cell: (4.0, 2.6),
            sign: 31.0,
            room: 8.5 * MM,
            picture: 128.0,
        }
    }

    /// GB/T 9704-2012: 156 × 225 mm are written on, in 22 lines of 28 characters of size 3, which is 16 points. The 28
    /// fill the width exactly: they stand a fifth of a point closer than they are wide.
    fn official(page: (f32, f32)) -> Self {
        let (corner, area) = Self::area(page, [37.0, 26.0, 35.0, 28.0]);
        let (size, em) = (16.0, 156.0 * MM / 28.0);
        let line = 225.0 * MM / 22.0;
        Self {
            look: Look::Official,
            page,
            corner,
            area,
            title: Type::new(Role::Title, 22.0, line).spaced(0.0, line),
            heading: [
                Type::new(Role::Strong, size, line).em(em),
                // Level 2 is 楷体 by the standard; none is carried.
                Type::new(Role::Official, size, line).em(em).heavy(0.45),
            ],
            body: Type::new(Role::Official, size, line).em(em),
            item: Type::new(Role::Official, size, line).em(em),
            table: Type::new(Role::Official, 12.0, 17.5).spaced(6.0, 8.0),
            small: Type::new(Role::Official, 10.5, 16.0).spaced(4.0, 2.0),
            label: Type::new(Role::Official, 9.0, 12.5).spaced(8.0, 8.0),
            number: Type::new(Role::Body, 14.0, 18.0),
            indent: em * 2.0,
            cell: (5.0, 3.5),
            sign: line * 1.5,
            room: line,
            picture: 150.0,
        }
    }
}
