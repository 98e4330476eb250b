//! What a paper says: a template over plain data. The built-in templates lie in `data/templates/`; an office may
//! lay its own copy beside its database or in the user's configuration folder. One that cannot be used is told with
//! its line, and the built-in one takes its place: a paper is never missing because of a slip in a template.
//!
//! Everything a template prints is escaped: text from outside never becomes a heading, a table or bold type.

use super::{Paper, PaperKind, Source, markdown};
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::paper as say;
use crate::say::{Lang, Say, Word};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use std::path::{Path, PathBuf};

/// Where templates are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates {
    folders: Vec<PathBuf>,
}

impl Templates {
    /// The built-in templates alone.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The office's own first: those in the folder `templates` beside the database, then those in the user's
    /// configuration folder, then the built-in ones.
    pub fn of(database: &Path) -> Self {
        let mut folders = vec![database.with_file_name("templates")];
        folders.extend(crate::platform::config_folder().map(|folder| folder.join("templates")));
        Self { folders }
    }

    /// The office's own template, with the file it stands in.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn own(&self, kind: PaperKind, lang: Lang) -> Result<Option<(PathBuf, String)>> {
        for folder in &self.folders {
            let file = folder.join(file_name(kind, lang));
            match std::fs::read_to_string(&file) {
                Ok(text) => return Ok(Some((file, text))),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(Error::machine(Kind::File, &error, |why| {
                        say::template_unread(file.display(), why)
                    }));
                }
            }
        }
        Ok(None)
    }

    /// Where an office's own copy is to be laid.
    pub fn folder(&self) -> Option<&Path> {
        self.folders.first().map(PathBuf::as_path)
    }
}

/// The name of a template's file: `handover.zh.md`.
pub fn file_name(kind: PaperKind, lang: Lang) -> String {
    format!("{}.{}.md", kind.code(), lang.code())
}

/// The built-in template.
pub fn builtin(kind: PaperKind, lang: Lang) -> &'static str {
    macro_rules! both {
        ($name:literal) => {
            match lang {
                Lang::Zh => include_str!(concat!("../../data/templates/", $name, ".zh.md")),
                Lang::En => include_str!(concat!("../../data/templates/", $name, ".en.md")),
            }
        };
    }
    match kind {
        PaperKind::Handover => both!("handover"),
        PaperKind::Sitrep => both!("sitrep"),
        PaperKind::CallSheet => both!("callsheet"),
        PaperKind::Dossier => both!("dossier"),
        PaperKind::Release => both!("release"),
        PaperKind::UnitSheet => both!("unit-sheet"),
        PaperKind::Feedback => both!("feedback"),
        PaperKind::Access => both!("access"),
        PaperKind::Ledger => both!("ledger"),
    }
}

/// The paper in `lang`. When the office's own template cannot be used, the built-in one is, and the paper says why.
///
/// # Errors
/// The built-in template does not fit the paper's data: a fault of the program.
pub fn make(source: &dyn Source, lang: Lang, templates: &Templates) -> Result<Paper> {
    let kind = source.kind();
    let warning = match templates.own(kind, lang) {
        Ok(None) => None,
        Ok(Some((file, text))) => match with(source, lang, &text) {
            Ok(paper) => return Ok(paper),
            Err(error) => {
                let what = error.say();
                let (zh, en) = (what.zh, what.en);
                Some(Say {
                    zh: say::template_unused(file.display(), zh).zh,
                    en: say::template_unused(file.display(), en).en,
                })
            }
        },
        Err(error) => {
            let (zh, en) = (error.text(Lang::Zh), error.text(Lang::En));
            Some(Say { zh, en })
        }
    };
    let mut paper = with(source, lang, builtin(kind, lang))
        .map_err(|error| Error::internal("filling a built-in template", error))?;
    paper.warning = warning;
    Ok(paper)
}

/// The paper in the words of this template.
///
/// # Errors
/// What is wrong with the template, with its line.
pub fn with(source: &dyn Source, lang: Lang, template: &str) -> Result<Paper, TemplateError> {
    let filled = fill(template, source.context(lang))?;
    let charts = source.charts(lang);
    let (look, blocks) = markdown::blocks(&filled, &charts).map_err(TemplateError::Markdown)?;
    // Empty, or without the line that says what it is: no paper.
    let title = markdown::title(&blocks)
        .filter(|title| !title.trim().is_empty())
        .ok_or_else(|| TemplateError::Markdown(say::NO_TITLE.into()))?;
    Ok(Paper {
        kind: source.kind(),
        lang,
        subject: source.subject(),
        title,
        look,
        blocks,
        sheets: source.sheets(lang),
        json: source.json(lang),
        cut: source.cut(),
        warning: None,
    })
}

/// What is wrong with a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It cannot be read or filled; with the text of the line, where there is one.
    #[error("{0}")]
    Template(Box<minijinja::Error>, String),
    /// What it gives is not a paper.
    #[error("{}", .0.en)]
    Markdown(Say),
}

impl TemplateError {
    /// What is wrong, with its line where there is one, in the reader's language.
    pub fn say(&self) -> Say {
        match self {
            Self::Template(error, text) => {
                let what = slip(error.kind());
                let Some(line) = error.line() else { return what.into() };
                if text.is_empty() {
                    return what.within(|what| say::at_line(line, what));
                }
                what.within(|what| say::slip_in(what, text)).within(|what| say::at_line(line, what))
            }
            Self::Markdown(what) => what.clone(),
        }
    }
}

/// What kind of slip it is; the engine's own words are English and speak of its inside.
fn slip(kind: ErrorKind) -> Word {
    match kind {
        ErrorKind::SyntaxError => say::SLIP_SYNTAX,
        ErrorKind::UndefinedError => say::SLIP_NAME,
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest => say::SLIP_FILTER,
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => say::SLIP_FUNCTION,
        ErrorKind::TooManyArguments | ErrorKind::MissingArgument => say::SLIP_ARGUMENTS,
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => say::SLIP_INCLUDE,
        _ => say::SLIP_VALUE,
    }
}

/// The longest piece of a template's line that is shown.
const SHOWN: usize = 60;

fn fill(template: &str, context: serde_json::Value) -> Result<String, TemplateError> {
    let wrong = |error: minijinja::Error| {
        let line = error.line().and_then(|line| template.lines().nth(line.saturating_sub(1)));
        let line = line.unwrap_or_default().trim().chars().take(SHOWN).collect();
        TemplateError::Template(Box::new(error), line)
    };
    environment().render_named_str("template", template, Value::from(Serde(context))).map_err(wrong)
}

fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    // Lines that hold only a block leave no empty line behind. The markers are the usual ones: this cannot fail.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    // A misspelt name is an error with its line, not an empty place on a paper that is signed.
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    env.set_formatter(|out, _, value| {
        if value.is_undefined() || value.is_none() {
            return Ok(());
        }
        let text = value.to_string();
        let text = if value.is_safe() { text } else { escape(&text) };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    env.add_filter("raw", |value: String| Value::from_safe_string(value));
    env.add_filter("b", |value: Value| {
        let text = value.to_string();
        let text = if value.is_safe() { text } else { escape(&text) };
        Value::from_safe_string(if text.is_empty() { text } else { format!("**{text}**") })
    });
    env.add_filter("signed", signed);
    // English alone asks for it: one call, two calls, two people.
    env.add_filter("count", |n: i64, one: String, many: Option<String>| match (n, many) {
        (1, _) => format!("1 {one}"),
        (_, Some(many)) => format!("{n} {many}"),
        (_, None) => format!("{n} {one}s"),
    });
    env.add_filter("pct", |value: f64| format!("{value:.1}%"));
    env.add_filter("num", |value: Value| if value.is_none() { "—".to_owned() } else { value.to_string() });
    env
}

/// A difference as a reader expects it: `+3`, `−2`, `0`.
fn signed(value: i64) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{value}"),
        _ => format!("−{}", value.unsigned_abs()),
    }
}

/// Text that stands in Markdown for itself alone: one line, made safe, every mark that could mean something escaped.
/// A run of spaces is one space, at its ends too: what a template joins with (", ") keeps its own.
fn escape(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            // The wide space of Chinese papers is meant, and so is its width.
            line.push(if c == '\u{3000}' { c } else { ' ' });
        }
    }
    let mut out = String::with_capacity(line.len());
    for c in safe_line(&line).chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::block::{Block, Span, plain};
    use super::*;
    use serde_json::json;

    /// A paper of one person's name.
    struct Note(&'static str);

    impl Source for Note {
        fn kind(&self) -> PaperKind {
            PaperKind::Dossier
        }
        fn office(&self) -> &'static str {
            "海岬大学"
        }
        fn context(&self, _lang: Lang) -> serde_json::Value {
            json!({ "office": "海岬大学", "name": self.0, "n": -2, "list": [1, 2] })
        }
        fn json(&self, _lang: Lang) -> serde_json::Value {
            json!({})
        }
    }

    fn made(name: &'static str, template: &str) -> Paper {
        with(&Note(name), Lang::Zh, template).unwrap()
    }

    #[test]
    fn text_from_outside_never_becomes_structure() {
        for name in [
            "# 王伟",
            "1. 王",
            "- [x] a",
            "**王** | 李",
            "a\n\n# b",
            "```",
            "<b>x</b>",
            "&amp;",
            "王\u{202e}伟",
        ] {
            let paper = made(name, "# T\n{{ name }}\n\n| a | b |\n|---|---|\n| {{ name }} | c |\n");
            let wanted = safe_line(&name.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
            assert_eq!(paper.blocks.len(), 3, "{name}: {:?}", paper.blocks);
            let Block::Para(_, spans) = &paper.blocks[1] else { panic!("{name}") };
            assert_eq!(plain(spans), wanted);
            let Block::Table(table) = &paper.blocks[2] else { panic!("{name}") };
            assert_eq!(plain(&table.rows[0][0]), wanted);
            assert_eq!(table.rows[0].len(), 2);
        }
    }

    #[test]
    fn a_value_can_be_bold_and_a_difference_signed() {
        let paper = made("王*伟", "# T\n{{ name | b }}：{{ n | signed }}\n");
        let Block::Para(_, spans) = &paper.blocks[1] else { panic!() };
        assert_eq!(spans, &[Span::bold("王*伟"), Span::plain("：−2")]);
    }

    #[test]
    fn what_joins_keeps_its_spaces() {
        let paper = made(
            "王",
            "# T\n{% for n in list %}{{ n }}{{ \", \" if not loop.last }}{% endfor %}{{ \" (\" ~ name ~ \")\" }}\n",
        );
        let Block::Para(_, spans) = &paper.blocks[1] else { panic!() };
        assert_eq!(plain(spans), "1, 2 (王)");
        // Four spaces in front would make it another kind of block.
        let paper = made("    a \t b\n", "# T\n{{ name }}\n");
        let Block::Para(_, spans) = &paper.blocks[1] else { panic!("{:?}", paper.blocks) };
        assert_eq!(plain(spans).trim(), "a b");
    }

    #[test]
    fn a_slip_is_told_with_its_line_and_the_built_in_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("templates");
        std::fs::create_dir(&own).unwrap();
        let file = own.join(file_name(PaperKind::Dossier, Lang::Zh));
        let error = |text: &str| {
            std::fs::write(&file, text).unwrap();
            with(&Note("王伟"), Lang::Zh, text).unwrap_err().say()
        };
        assert!(error("# T\n\n{{ nmae }}\n").zh.starts_with("第 3 行"));
        assert!(error("# T\n{% if %}\n").en.starts_with("line 2"));
        let templates = Templates { folders: vec![own] };
        let (path, text) = templates.own(PaperKind::Dossier, Lang::Zh).unwrap().unwrap();
        assert_eq!((path, text.as_str()), (file, "# T\n{% if %}\n"));
        assert!(templates.own(PaperKind::Dossier, Lang::En).unwrap().is_none());
    }
}
