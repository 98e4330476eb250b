//! How much of a file is taken, and why one is refused whole.

/// The largest file taken, in bytes.
pub const MAX_FILE: u64 = 64 << 20;
/// Most bytes a workbook may unpack to.
pub const MAX_UNPACKED: u64 = 512 << 20;
/// Most rows with anything in them.
pub const MAX_ROWS: usize = 200_000;
/// Most columns.
pub const MAX_COLUMNS: u32 = 512;
/// Most bytes in one cell: 32,767 characters of three bytes.
pub const MAX_CELL: usize = 98_304;
/// Most cells with anything in them, in all sheets: 100,000 people on a form of 40 columns.
pub const MAX_CELLS: usize = 4_000_000;
/// Most bytes of text in all cells.
pub const MAX_TEXT: usize = 64 << 20;
/// Most sheets of a workbook.
pub const MAX_SHEETS: usize = 64;
/// Most cells that merged regions are filled down into.
pub const MAX_FILLED: u64 = 100_000;

macro_rules! refusals {
    ($($(#[$m:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why a file is refused whole.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Refusal { $($(#[$m])* $name),+ }

        impl Refusal {
            /// The byte on the wire.
            pub const fn code(self) -> u8 {
                match self { $(Self::$name => $code),+ }
            }

            /// The reason with this byte.
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

refusals! {
    /// Larger than [`MAX_FILE`].
    TooLarge = 1,
    /// Unpacks to more than [`MAX_UNPACKED`].
    Bomb = 2,
    /// A workbook from before 1995 (.xls).
    OldWorkbook = 3,
    /// Locked with a password; with it, it is read.
    Password = 4,
    /// A zip that holds no .xlsx workbook.
    NotWorkbook = 5,
    /// Another kind of file: a picture, a PDF, a program.
    NotSheet = 6,
    /// A web page under a sheet's name.
    WebPage = 7,
    /// A damaged workbook.
    Damaged = 8,
    /// Text in no encoding that is known here.
    Encoding = 9,
    /// A quotation mark that is never closed; the detail is its line.
    Quote = 10,
    /// More than [`MAX_ROWS`] rows.
    Rows = 11,
    /// A cell beyond [`MAX_COLUMNS`]; the detail says where.
    Columns = 12,
    /// A cell longer than [`MAX_CELL`]; the detail says where.
    LongCell = 13,
    /// Nothing in it.
    Empty = 14,
    /// More than [`MAX_TEXT`] bytes in all.
    Text = 15,
    /// More than [`MAX_CELLS`] cells.
    Cells = 17,
    /// More than [`MAX_SHEETS`] sheets.
    Sheets = 18,
    /// A binary workbook (.xlsb).
    Binary = 20,
    /// A picture.
    Picture = 21,
    /// A text document: Word, PDF.
    Document = 22,
    /// Locked with another password than those that were tried.
    WrongPassword = 23,
    /// Locked in a way in which it is not read here, whatever the password.
    OtherLock = 24,
}
