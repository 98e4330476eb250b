//! The forms of the page of a sheet's columns: what one of them is, and under which name what was said of them is kept.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::effect::{Effect, ImportRequest, InboxTask};
use crate::app::shown::field::{Choice, Entry, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::ColumnsPage;
use crate::app::shown::pages::columns::SheetColumns;
use crate::app::shown::state::{Layer, State, Working};
use crate::app::wrong::Wrong;
use crate::domain::columns::{Choices, Is, Said};
use crate::domain::field::Type;
use crate::domain::form::builtins;
use crate::domain::text::fold;
use crate::i18n::columns as say;
use crate::i18n::fields;
use crate::say::Say;
use crate::store::act::Act;
use std::path::Path;

/// Says what a column is.
#[derive(Debug)]
pub(super) struct ReadAs {
    place: String,
    /// What it may be, each with what it is found by.
    options: Vec<(Choice, String)>,
    /// Of which field the codes are that are offered for words.
    coded: String,
}

impl Part for ReadAs {
    /// How a sheet is read is nobody's record.
    fn is_recorded(&self) -> bool {
        false
    }
}

/// What a choice stands for that is no field.
const OWN: &str = "-own";
const NOTHING: &str = "-nothing";
const UNSAID: &str = "-unsaid";

impl Acts for ReadAs {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    /// What is typed narrows down what it may be.
    fn typed(&self, desk: &mut State) {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
        let find = fold(&form.value("find"));
        let fits = |(_, hay): &&(Choice, String)| hay.contains(&find);
        let mut options: Vec<Choice> =
            self.options.iter().filter(fits).map(|(choice, _)| choice.clone()).collect();
        // What begins so comes first, and what fits nothing is no choice less.
        options.sort_by_key(|choice| {
            !fold(&choice.say.zh).starts_with(&find) && !fold(&choice.say.en).starts_with(&find)
        });
        if options.is_empty() {
            return;
        }
        let field = form.fields.iter_mut().find(|field| field.id == "is");
        if let Some(Entry::Choice(known, at)) = field.map(|field| &mut field.entry)
            && (known.len() != options.len() || !find.is_empty() && *known != options)
        {
            // What was chosen stays so where it still can be.
            let chosen = known.get(*at).map(|choice| choice.code.clone());
            let stays = options.iter().position(|choice| Some(&choice.code) == chosen.as_ref());
            *at = if find.is_empty() { stays.unwrap_or(0) } else { 0 };
            *known = options;
        }
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return true };
        let (is, word, code) = (form.value("is"), form.value("word"), form.value("code"));
        let has_words = form.field("word").is_some() && is == self.coded;
        if has_words && word.is_empty() != (code == UNSAID) {
            form.error = Some(say::WORD_AND_CODE.into());
            form.focus_on(if word.is_empty() { "word" } else { "code" });
            return true;
        }
        desk.layers.pop();
        let Some(page) = desk.page_of::<ColumnsPage>() else { return true };
        let mut said = page.sheet.said.clone();
        let is = match is.as_str() {
            OWN => Is::Own,
            NOTHING => Is::Nothing,
            field => Is::Field(field.to_owned()),
        };
        // One field is one column's: what was said of another gives way.
        said.retain(|place, other| *place == self.place || other.is != is || !matches!(is, Is::Field(_)));
        let before = said.remove(&self.place).filter(|before| before.is == is);
        let mut codes = before.map(|before| before.codes).unwrap_or_default();
        // The codes that were offered are those of the field that it was.
        if !word.is_empty() && is == Is::Field(self.coded.clone()) {
            codes.remove(&word);
            codes.extend((!code.is_empty()).then_some((word, code)));
        }
        said.insert(self.place.clone(), Said { is, codes });
        let (request, seen) = (page.sheet.request.clone(), page.sheet.digest.clone());
        desk.look_at_columns(fx, request, (said, seen), None);
        true
    }
}

/// Opens it for the selected column.
pub(super) fn open_column(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(page) = desk.page_of::<ColumnsPage>() else { return };
    let Some(row) = page.rows.current() else { return };
    let column = &row.column;
    if let Some(first) = &column.repeats {
        let why = say::same_header(first);
        return desk.tell(Tone::Warn, why);
    }
    let mut options = vec![Choice::new(NOTHING, say::NOT_READ), Choice::new(OWN, say::OWN)];
    options.extend(page.sheet.fields.iter().map(|(name, label)| Choice::new(name, label.clone())));
    let present = match row.said.as_ref().filter(|_| row.is_read) {
        _ if !row.is_read => NOTHING,
        Some(Is::Own) => OWN,
        _ if column.known => column.field.as_str(),
        _ => OWN,
    };
    if !options.iter().any(|option| option.code == present) {
        options.push(Choice::new(present, Say::same(present)));
    }
    let at = options.iter().position(|option| option.code == present).unwrap_or(0);
    let hay = |choice: &Choice| {
        let Say { zh, en } = &choice.say;
        fold(&format!("{zh} {en} {} {}", crate::search::keys(zh), choice.code))
    };
    let found_by = options.iter().map(|choice| (choice.clone(), hay(choice))).collect();
    let mut all = vec![
        Field::line("find", say::FIND, "").hint(say::FIND_HINT),
        Field::choice("is", say::C_IS, options, at),
    ];
    if row.is_read && !column.words.is_empty() {
        let meaning = |code: &str| fields::value(&[], &column.field, code);
        let word = |(word, code): &(String, String)| {
            if code.is_empty() {
                return Choice::new(word, Say::same(word));
            }
            let is = meaning(code);
            Choice::new(word, say::word_is(word, is.zh, is.en))
        };
        let words = std::iter::once(Choice::new("", say::NO_WORD)).chain(column.words.iter().map(word));
        let words = words.collect();
        let codes = if column.kind == Type::Bool {
            // Yes first, whatever was said by now.
            vec!["1".to_owned(), "0".to_owned()]
        } else {
            column.codes.keys().cloned().collect()
        };
        let codes = codes.iter().map(|code| Choice::new(code, meaning(code)));
        // Neither a word nor what it means is chosen by looking: one of the two alone says nothing.
        let unsaid = std::iter::once(Choice::new(UNSAID, say::CODE_UNSAID));
        let codes = unsaid.chain(codes).chain([Choice::new("", say::NO_CODE)]).collect();
        // Nothing is said of a word by looking at the column.
        all.push(Field::choice("word", say::WORD, words, 0));
        all.push(Field::choice("code", say::CODE, codes, 0));
    }
    let header = column.headers.first().cloned().unwrap_or_default();
    let about = say::cells(column.samples.join("  "));
    let part = ReadAs { place: column.place.clone(), options: found_by, coded: column.field.clone() };
    let mut form = Form::of(part, say::form_title(&column.place, header), all);
    form.about = vec![(about, Mood::Dim)];
    desk.show(form);
}

/// Keeps what was said as a form of the office's own.
#[derive(Debug)]
pub(super) struct KeepColumns;

impl Part for KeepColumns {
    fn is_recorded(&self) -> bool {
        false
    }
}

impl Acts for KeepColumns {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(sheet) = desk.page_of::<ColumnsPage>().map(|page| page.sheet.clone()) else { return true };
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return true };
        let (name, title) = (form.value("name").trim().to_owned(), form.value("title").trim().to_owned());
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let first = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
        if !first || !name.chars().all(plain) || name.len() > 32 {
            form.error = Some(say::BAD_NAME.into());
            form.focus_on("name");
            return true;
        }
        if builtins().iter().any(|own| own.id.name == name) {
            form.error = Some(say::name_taken(&name));
            form.focus_on("name");
            return true;
        }
        let Some(Layer::Form(form)) = desk.layers.pop() else { return true };
        let token = desk.token();
        let SheetColumns { mut request, said, file, digest: seen, .. } = *sheet;
        request.passwords = desk.passwords.clone();
        let lang = desk.lang;
        fx.push(Effect::KeepColumns { token, request, said, seen, name, title, lang });
        desk.layers.push(Layer::Working(Working {
            token,
            title: say::reading(file),
            words: Say::default(),
            done: 0,
            total: 0,
            form: Some(form),
        }));
        true
    }
}

/// Opens it.
pub(super) fn open_keep(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(page) = desk.page_of::<ColumnsPage>() else { return };
    let sheet = &page.sheet;
    let all = vec![
        Field::line("name", say::KEEP_NAME, &sheet.guess.name).hint(say::KEEP_NAME_HINT),
        Field::line("title", say::KEEP_TITLE, &sheet.guess.title),
    ];
    let mut form = Form::of(KeepColumns, say::keep_title(&sheet.file), all);
    let refused = page.rows.rows().iter().filter(|row| row.is_read && row.column.unread > 0);
    let refused = refused.map(|row| say::will_be_refused(&row.column.place, row.column.unread));
    let refused = refused.map(|said| (said, Mood::Warn));
    form.about = refused.chain([(say::KEPT_WHERE.into(), Mood::Dim)]).collect();
    desk.show(form);
}

impl State {
    /// Looks at the columns of a sheet, after something was said of them.
    pub(in crate::app) fn look_at_columns(
        &mut self,
        fx: &mut Vec<Effect>,
        mut request: ImportRequest,
        (said, seen): (Choices, String),
        form: Option<Box<Form>>,
    ) {
        let file = Path::new(&request.path).file_name().map(|name| name.to_string_lossy().into_owned());
        let token = self.token();
        // With what is known now, and what is typed for this one file.
        request.passwords = self.passwords.clone();
        if let Some(password) = &self.unlocking {
            request.passwords.add(password.clone());
        }
        self.looking = Some((request.clone(), said.clone(), seen.clone()));
        fx.push(Effect::ReadColumns { token, request, said, seen, lang: self.lang });
        self.layers.push(Layer::Working(Working {
            token,
            title: say::reading(file.unwrap_or_default()),
            words: Say::default(),
            done: 0,
            total: 0,
            // It comes back where nothing comes of it.
            form,
        }));
    }

    /// The columns of a sheet are known.
    pub(in crate::app) fn columns_are(
        &mut self,
        fx: &mut Vec<Effect>,
        token: u64,
        mut sheet: Box<SheetColumns>,
    ) {
        let Some(work) = self.take_working(token) else { return };
        self.looking = None;
        self.keep_what_opened(fx);
        // What was typed for locked files stands in one place, and is let go there.
        sheet.request.passwords.forget();
        if let Some((digest, said)) = self.said_of.take()
            && digest == sheet.digest
            && sheet.said.is_empty()
        {
            // What was said before the page was left is said still.
            return self.look_at_columns(fx, sheet.request, (said, digest), work.form);
        }
        let above = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Page(page) => page.of_mut::<ColumnsPage>(),
            _ => None,
        });
        if let Some(page) = above.filter(|page| page.sheet.request.path == sheet.request.path) {
            let moved = page.is_now(sheet);
            if let Some(moved) = moved {
                self.notice_here(Tone::Warn, moved);
            }
            if work.form.is_some() {
                self.named_file = work.form;
            }
        } else {
            self.named_file = work.form;
            self.layers.push(Layer::Page(Box::new(ColumnsPage::new(sheet))));
        }
    }

    /// The page of columns is left: what was said of them is kept for when it is opened again, and the form that named the
    /// file comes back.
    pub(in crate::app) fn leave_columns(&mut self) -> Option<Box<Form>> {
        let sheet = &self.page_of::<ColumnsPage>()?.sheet;
        let said = (!sheet.said.is_empty()).then(|| (sheet.digest.clone(), sheet.said.clone()));
        self.said_of = said;
        self.named_file.take()
    }

    /// What was said of a sheet's columns is a form: the sheet is read by it.
    pub(in crate::app) fn columns_kept(&mut self, fx: &mut Vec<Effect>, token: u64, label: &str) {
        self.tell(Tone::Good, say::kept(label));
        if self.take_working(token).is_none() {
            // It was given up too late.
            return fx.push(Effect::Inbox(InboxTask::Look { lang: self.lang }));
        }
        let is_page =
            |layer: &Layer| matches!(layer, Layer::Page(page) if page.of::<ColumnsPage>().is_some());
        let Some(at) = self.layers.iter().rposition(is_page) else { return };
        self.layers.truncate(at);
        match self.named_file.take() {
            Some(form) => super::import::plan(self, fx, form),
            None => fx.push(Effect::Inbox(InboxTask::Look { lang: self.lang })),
        }
    }
}
