//! The fonts of the papers: two Chinese ones, one for titles and a last resort, carried packed in the program (`data/fonts`), the
//! system's 仿宋 for official papers where there is one, and any other font of the system for a character that none
//! of these has. Nothing is ever drawn as an empty box: a character without a font is written as its code ([`super::glyphs`]).

use super::system::{self, Place};
use crate::error::{Error, Result};
use crate::i18n::paper as say;
use flate2::read::GzDecoder;
use harfrust::{Direction, Language, Script, ShapePlan, ShaperData, script};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

static SERIF: &[u8] = include_bytes!("../../data/fonts/serif.otf.gz");
static SERIF_BOLD: &[u8] = include_bytes!("../../data/fonts/serif-bold.otf.gz");
static SANS_BOLD: &[u8] = include_bytes!("../../data/fonts/sans-bold.otf.gz");
static LAST: &[u8] = include_bytes!("../../data/fonts/last.ttf.gz");

/// The families by which systems know 仿宋, in lower case; a `*` at the end takes whatever follows.
const FANGSONG: &[&str] = &[
    "fangsong",
    "fangsong_gb2312",
    "仿宋",
    "仿宋_gb2312",
    "stfangsong",
    "华文仿宋",
    "fzfangsong*",
    "方正仿宋*",
    "zhuque fangsong*",
    "朱雀仿宋*",
    "fandolfang*",
];

/// Codepoints up to here are looked up in a set of bits; Chinese needs no others.
const COVERED: usize = 0x3_2000;

/// What text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text of a working paper.
    Body,
    /// Running text of an official paper: 仿宋 where the system has it.
    Official,
    /// Headings and what stands out: 黑体.
    Strong,
    /// The title and the red head of an official paper: a heavy 宋体, of the commoner characters alone.
    Title,
}

/// One font, ready to be shaped with and to be written.
pub struct Face {
    /// How the PDF knows it.
    pub(super) font: krilla::text::Font,
    /// What shaping needs of it, made once.
    pub(super) shaper: ShaperData,
    /// How text is shaped with it: one plan for all, since kerning is the only feature kept.
    pub(super) plan: ShapePlan,
    /// Units of the em.
    pub(super) units: f32,
    /// How wide its figures are, in ems, 0 to 9.
    figures: [f32; 10],
    data: Arc<Vec<u8>>,
    index: u32,
    covers: Vec<u64>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face").field("bytes", &self.data.len()).finish_non_exhaustive()
    }
}

impl Face {
    /// The script every run is shaped as: Chinese, with Latin letters and digits among it.
    pub(super) const SCRIPT: Script = script::HAN;

    /// The language every run is shaped as.
    pub(super) fn language() -> Option<Language> {
        "zh-Hans".parse().ok()
    }

    /// A font from its bytes; `None` if they are none, or if its maker forbids that it is put into a file.
    fn new(data: Vec<u8>, index: u32) -> Option<Self> {
        let data = Arc::new(data);
        let font = krilla::text::Font::new(Arc::clone(&data).into(), index)?;
        let parsed = FontRef::from_index(&data, index).ok()?;
        if parsed.os2().is_ok_and(|os2| os2.fs_type() & 0x000F == 0x0002) {
            return None;
        }
        let shaper = ShaperData::new(&parsed);
        let language = Self::language();
        let plan = ShapePlan::new(
            &shaper.shaper(&parsed).build(),
            Direction::LeftToRight,
            Some(Self::SCRIPT),
            language.as_ref(),
            &[],
        );
        let mut covers = vec![0_u64; COVERED / 64];
        for (code, _) in parsed.charmap().mappings() {
            if let Some(word) = covers.get_mut(code as usize / 64) {
                *word |= 1 << (code % 64);
            }
        }
        let units = font.units_per_em();
        let metrics = parsed.glyph_metrics(Size::unscaled(), LocationRef::default());
        let figures = std::array::from_fn(|n| {
            let glyph = char::from_digit(n as u32, 10).and_then(|c| parsed.charmap().map(c));
            glyph.and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(0.0) / units
        });
        Some(Self { font, shaper, plan, units, figures, data, index, covers })
    }

    /// A font of the system.
    fn at(place: &Place) -> Option<Self> {
        Self::new(place.read()?, place.index())
    }

    /// Whether it has `c`.
    pub fn has(&self, c: char) -> bool {
        let code = c as usize;
        match self.covers.get(code / 64) {
            Some(word) => word >> (code % 64) & 1 == 1,
            None => self.parsed().is_some_and(|font| font.charmap().map(c).is_some()),
        }
    }

    /// How wide every figure stands, and how wide this one is by itself; none for what is no figure.
    pub(super) fn figure(&self, c: char) -> Option<(f32, f32)> {
        let own = *self.figures.get(c.to_digit(10)? as usize)?;
        Some((self.figures.iter().copied().fold(0.0, f32::max), own))
    }

    pub(super) fn parsed(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.data, self.index).ok()
    }
}

/// Fonts of the system that were needed for single characters.
#[derive(Debug, Default)]
struct Others {
    /// Which has a character, if any has.
    of: HashMap<char, Option<Arc<Face>>>,
    /// Those that were read; none of what turned out to be no font, or one that may not be put into a file.
    read: HashMap<Place, Option<Arc<Face>>>,
}

/// Every font a paper may use.
#[derive(Debug)]
pub struct Fonts {
    serif: Arc<Face>,
    strong: Arc<Face>,
    last: OnceLock<Option<Arc<Face>>>,
    title: OnceLock<Option<Arc<Face>>>,
    fangsong: OnceLock<Option<Arc<Face>>>,
    others: Mutex<Others>,
    system: bool,
}

impl Fonts {
    /// The fonts, unpacked at the first call. A desk calls this once beside the screen, so that the first paper does
    /// not wait for it.
    ///
    /// # Errors
    /// The fonts in the program are damaged.
    pub fn get() -> Result<&'static Self> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| Self::load(true).ok()).as_ref();
        fonts.ok_or_else(|| Error::internal("unpacking the fonts", "a font is damaged"))
    }

    /// Unpacks them beside whatever is done until they are needed; what is wrong with them is told then.
    pub fn ahead() {
        std::thread::spawn(|| drop(Self::get()));
    }

    /// Only the fonts carried in the program: the same page on every machine.
    ///
    /// # Errors
    /// The fonts in the program are damaged.
    pub fn carried() -> Result<Self> {
        Self::load(false)
    }

    fn load(system: bool) -> Result<Self> {
        let (serif, strong) = std::thread::scope(|scope| {
            let strong = scope.spawn(|| unpack(SANS_BOLD));
            (unpack(SERIF), strong.join().ok().flatten())
        });
        let face = |face: Option<Face>| {
            face.map(Arc::new).ok_or_else(|| Error::internal("unpacking the fonts", "a font is damaged"))
        };
        Ok(Self {
            serif: face(serif)?,
            strong: face(strong)?,
            last: OnceLock::new(),
            title: OnceLock::new(),
            fangsong: OnceLock::new(),
            others: Mutex::default(),
            system,
        })
    }

    /// The font that `c` is drawn with; `None` if no font has it.
    pub fn face(&self, role: Role, c: char) -> Option<Arc<Face>> {
        let own = match role {
            Role::Body => &self.serif,
            // Figures and letters stand in one design beside the Chinese of every 仿宋; some have old ones that dance.
            Role::Official if c.is_ascii() => &self.serif,
            Role::Official => self.fangsong().unwrap_or(&self.serif),
            Role::Strong => &self.strong,
            Role::Title => self.title().unwrap_or(&self.serif),
        };
        let carried = [own, &self.serif].into_iter().find(|face| face.has(c));
        carried.or_else(|| self.last().filter(|face| face.has(c))).cloned().or_else(|| self.other(c))
    }

    /// Whether any font draws `c`.
    pub fn has(&self, role: Role, c: char) -> bool {
        // The two that are carried have almost all there is, and are there already.
        let own = if role == Role::Strong { &self.strong } else { &self.serif };
        own.has(c) || self.face(role, c).is_some()
    }

    /// Whether the font of titles has all of a text: a title is never of two weights.
    pub fn is_title(&self, text: &str) -> bool {
        self.title().is_some_and(|face| text.chars().all(|c| c.is_whitespace() || face.has(c)))
    }

    fn title(&self) -> Option<&Arc<Face>> {
        self.title.get_or_init(|| unpack(SERIF_BOLD).map(Arc::new)).as_ref()
    }

    fn last(&self) -> Option<&Arc<Face>> {
        self.last.get_or_init(|| unpack(LAST).map(Arc::new)).as_ref()
    }

    fn fangsong(&self) -> Option<&Arc<Face>> {
        let find = || {
            let named = |family: &str| {
                let family = family.to_lowercase();
                FANGSONG.iter().any(|name| match name.strip_suffix('*') {
                    Some(start) => family.starts_with(start),
                    None => family == *name,
                })
            };
            system::by_family(named).find_map(|place| Face::at(&place)).map(Arc::new)
        };
        self.fangsong.get_or_init(|| if self.system { find() } else { None }).as_ref()
    }

    /// Any font of the system that has `c`. Looked for once a character.
    fn other(&self, c: char) -> Option<Arc<Face>> {
        if !self.system {
            return None;
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others.of.get(&c) {
            return known.clone();
        }
        let found = system::by_character(c).find_map(|place| {
            let read = || Face::at(&place).map(Arc::new);
            let face = others.read.entry(place.clone()).or_insert_with(read);
            face.clone().filter(|face| face.has(c))
        });
        others.of.insert(c, found.clone());
        found
    }
}

/// What is said when no font has `c`: whose text it stands in, and what to do.
pub fn missing(text: &str, at: usize, c: char) -> Error {
    // A name fits whole; of a long paragraph the place around it.
    let before: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(13).collect();
    let code = format!("U+{:04X}", c as u32);
    Error::file(say::missing_glyph(format!("{before}{after}").replace('\n', " "), c, code))
        .hint(say::MISSING_GLYPH_HINT)
}

fn unpack(packed: &[u8]) -> Option<Face> {
    let mut data = Vec::with_capacity(4 << 20);
    GzDecoder::new(packed).read_to_end(&mut data).ok()?;
    Face::new(data, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_of_names_and_the_signs_of_papers_are_carried() {
        let fonts = Fonts::carried().unwrap();
        for c in "𠮷䶮㛃喆堃犇赟陳髙①⑳□✓●○▲—…℃×÷≥≤→“”Ⅳ㎡ＡāüÀ".chars()
        {
            assert!(fonts.serif.has(c), "{c}");
            assert!(fonts.strong.has(c), "{c}");
        }
        // Only the last resort has it.
        let rare = fonts.face(Role::Body, '龗').unwrap();
        assert!(Arc::ptr_eq(&rare, fonts.last().unwrap()));
        assert!(!fonts.serif.has('龗'));
    }

    #[test]
    fn each_role_has_its_font_and_what_none_has_is_none() {
        let fonts = Fonts::carried().unwrap();
        assert!(Arc::ptr_eq(&fonts.face(Role::Body, '报').unwrap(), &fonts.serif));
        assert!(Arc::ptr_eq(&fonts.face(Role::Official, '报').unwrap(), &fonts.serif));
        assert!(Arc::ptr_eq(&fonts.face(Role::Strong, '报').unwrap(), &fonts.strong));
        assert!(Arc::ptr_eq(&fonts.face(Role::Title, '报').unwrap(), fonts.title().unwrap()));
        assert!(fonts.face(Role::Body, '\u{2fffd}').is_none());
    }

    #[test]
    fn a_title_is_of_one_weight_whatever_stands_in_it() {
        let fonts = Fonts::carried().unwrap();
        for title in [
            "海岬理工大学疫情防控办公室\n2020年2月17日疫情日报【演练】",
            "解除集中隔离通知（草稿）",
            "Notice of release (DRAFT)",
        ] {
            assert!(fonts.is_title(title), "{title}");
        }
        assert!(!fonts.is_title("龘𠮷大学"));
    }

    #[test]
    fn what_is_missing_is_named_with_its_owner() {
        let error = missing("张𰻞飞", "张".len(), '𰻞');
        let text = error.text(crate::say::Lang::Zh);
        assert!(text.contains("张𰻞飞") && text.contains("U+30EDE"), "{text}");
    }
}
