//! The sheet that is handed out to a unit: its people filled in and locked, the cells to fill in open, with drop-downs and
//! rules; above the headers what to do, and the line by which it is known when it comes back.

use super::file::{distinct, plain};
use super::workbook::{excel, failed, tab};
use crate::domain::field::{Field, NO, Span, TEMP_HIGH, TEMP_LOW, Type, YES};
use crate::domain::form::{Column, Form, WHO};
use crate::domain::mark::{LISTS, Mark};
use crate::domain::person::Person;
use crate::domain::text::{fold, safe_line};
use crate::domain::time::add_days;
use crate::error::{Error, Result};
use crate::i18n::fields;
use crate::i18n::form_sheet as say;
use crate::say::{Lang, Say};
use crate::store::query::{ToFill, UnitToFill};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle,
    DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

/// Empty rows below the people, for who is not on the roster.
const SPARE: u32 = 10;
/// The row of the headers: what to do stands above it.
const HEAD: u32 = 5;
/// A list of options longer than this stands on a sheet of its own.
const LONGEST_LIST: usize = 250;
/// What the log calls it.
pub const PAPER: &str = "unit-form";
/// So many columns are read on a page.
const ON_A_PAGE: u16 = 14;
/// A temperature from here on is a fever, in degrees.
const FEVER: f64 = 37.3;
/// How far ahead a day may lie, in days.
const AHEAD: i64 = 60;
/// The first day that is believed.
const SINCE: (u16, u8, u8) = (2019, 12, 1);

/// What is handed out.
pub struct Sheet<'a> {
    /// For which report.
    pub of: &'a ToFill,
    /// Whose.
    pub unit: &'a UnitToFill,
    /// In which form.
    pub form: &'a Form,
    /// Where it is to be sent.
    pub to: &'a str,
    /// The people's numbers stand in it: it is logged that they were asked for.
    pub revealed: bool,
}

impl Sheet<'_> {
    /// The line by which it is known again.
    pub fn mark(&self) -> Mark {
        let (day, round) = (self.of.day, self.of.round.clone());
        Mark { form: self.form.id.clone(), unit: self.unit.unit.code.clone(), day, round }
    }

    /// The workbook.
    ///
    /// # Errors
    /// It cannot be made, or not for this round.
    pub fn xlsx(&self, lang: Lang) -> Result<Vec<u8>> {
        self.is_fillable()?;
        self.made(lang).map_err(|error| failed(&error))
    }

    /// Whether the form can say the round it is handed out for, where it asks for it.
    ///
    /// # Errors
    /// It cannot: nobody could fill it in.
    pub fn is_fillable(&self) -> Result<()> {
        let round = &self.of.round.0;
        let asks = self.form.columns.iter().find(|column| column.field.name == "round");
        match asks.filter(|column| column.field.required) {
            Some(column) if column.field.read(round, None).is_ok_and(|said| said == *round) => Ok(()),
            Some(_) => Err(Error::input(say::no_such_round(
                format!("{}-{}", self.form.id.name, self.form.id.version),
                round,
            ))
            .hint(say::NO_SUCH_ROUND_HINT)),
            None => Ok(()),
        }
    }

    fn made(&self, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The writer would put the machine's clock there.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let looks = Looks::new();
        let mut lists: Vec<Vec<String>> = Vec::new();
        let columns: Vec<&Column> = self.form.columns.iter().filter(|column| is_asked(column)).collect();
        let sheet = book.add_worksheet();
        sheet.set_name(tab(say::TAB.get(lang)))?;
        self.head(sheet, &looks, lang)?;
        for (col, column) in (0_u16..).zip(&columns) {
            self.column(sheet, &looks, (col, column), &mut lists, lang)?;
        }
        let last = self.last_row();
        sheet.set_freeze_panes(HEAD + 1, frozen(&columns))?;
        sheet.set_repeat_rows(HEAD, HEAD)?;
        if let Some(last) = frozen(&columns).checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
        sheet.set_print_area(0, 0, last, (columns.len().max(1) - 1) as u16)?;
        sheet.set_paper_size(9).set_print_fit_to_pages((columns.len() as u16).div_ceil(ON_A_PAGE), 0);
        sheet.set_footer("&C&P / &N");
        if columns.len() > 8 {
            sheet.set_landscape();
        }
        let may =
            ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
        sheet.protect_with_options(&may);
        if !lists.is_empty() {
            let hidden = book.add_worksheet();
            hidden.set_name(LISTS)?.set_very_hidden(true);
            for (col, list) in (0_u16..).zip(&lists) {
                for (row, word) in (0_u32..).zip(list) {
                    hidden.write_string(row, col, word)?;
                }
            }
        }
        book.save_to_buffer()
    }

    fn last_row(&self) -> u32 {
        HEAD + self.unit.people.len() as u32 + SPARE
    }

    /// What to do, above the headers.
    fn head(&self, sheet: &mut Worksheet, looks: &Looks, lang: Lang) -> std::result::Result<(), XlsxError> {
        let face = &self.of.face;
        let form = match self.form.title.as_str() {
            "" => say::REPORT.into(),
            title => Say::same(title),
        };
        let due = match self.unit.due {
            Some(at) => Say::same(face.calendar.ymd_hm(at)),
            None => say::NO_DEADLINE.into(),
        };
        let unit = &self.unit.unit;
        let to = if self.to.is_empty() { &face.office } else { self.to };
        let title = say::title(&face.office, form.get(lang));
        let lines = [
            (title, &looks.title),
            (say::heading(&unit.name, &unit.code, self.of.day, &self.of.round_name, &due), &looks.whose),
            (say::HOW.into(), &looks.note),
            (say::send(to), &looks.note),
        ];
        for (row, (text, look)) in (0_u32..).zip(lines) {
            sheet.write_string_with_format(row, 0, safe_line(text.get(lang)), look)?;
        }
        let code = format!("{}{}", say::CODE.get(lang), self.mark().line());
        sheet.write_string_with_format(HEAD - 1, 0, safe_line(&code), &looks.code)?;
        Ok(())
    }

    fn column(
        &self,
        sheet: &mut Worksheet,
        looks: &Looks,
        (col, column): (u16, &Column),
        lists: &mut Vec<Vec<String>>,
        lang: Lang,
    ) -> std::result::Result<(), XlsxError> {
        let head = match lang {
            Lang::Zh => column.header(),
            Lang::En => column.english(),
        };
        sheet.write_string_with_format(HEAD, col, head, &looks.head)?;
        let mut widest = head.width();
        let first = HEAD + 1;
        let (open, locked) = looks.of(column.field.kind);
        for (row, (person, own)) in (first..).zip(&self.unit.people) {
            let filled = self.filled(&column.field, person, own, lang);
            match filled.filter(|text| !text.is_empty()) {
                Some(text) => {
                    widest = widest.max(text.width());
                    if column.field.kind == Type::Date && column.field.name == "day" {
                        sheet.write_datetime_with_format(row, col, excel(self.of.day)?, &looks.day_locked)?;
                    } else {
                        sheet.write_string_with_format(row, col, safe_line(&text), locked)?;
                    }
                }
                None => {
                    sheet.write_blank(row, col, open)?;
                }
            }
        }
        for row in first + self.unit.people.len() as u32..=self.last_row() {
            sheet.write_blank(row, col, open)?;
        }
        sheet.set_column_width(col, widest.clamp(6, 30) as f64 + 2.0)?;
        if let Some(rule) = self.rule(&column.field, lists, lang)? {
            sheet.add_data_validation(first, col, self.last_row(), col, &rule)?;
        }
        if column.field.kind == Type::Temp {
            let hot = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::GreaterThanOrEqualTo(FEVER))
                .set_format(&looks.hot);
            sheet.add_conditional_format(first, col, self.last_row(), col, &hot)?;
        }
        Ok(())
    }

    /// What is known of a person already; nothing of what the unit fills in, nor of numbers nobody asked for.
    fn filled(&self, field: &Field, person: &Person, own: &str, lang: Lang) -> Option<String> {
        // What else is known of somebody would be an answer that nobody gave.
        if !WHO.contains(&field.name.as_str()) {
            return None;
        }
        let facts = &person.facts;
        let private = |number: &Option<String>| number.clone().filter(|_| self.revealed);
        match field.name.as_str() {
            "unit" => Some(own.to_owned()),
            "no" => Some(person.no.clone()),
            "name" => facts.name.clone(),
            "sex" => facts.sex.as_deref().map(|sex| spelled(field, sex, lang)),
            "kind" => facts.kind.map(|kind| spelled(field, kind.code(), lang)),
            "campus" => facts.campus.clone(),
            "contact" => facts.contact.clone(),
            "phone" => private(&facts.phone),
            "id_number" => private(&facts.id_number),
            "family_phone" => private(&facts.family_phone),
            "day" => Some(self.of.day.to_string()),
            "round" => field.code_for(&self.of.round.0).map(|code| spelled(field, code, lang)),
            _ => None,
        }
    }

    /// What may be typed into a column.
    fn rule(
        &self,
        field: &Field,
        lists: &mut Vec<Vec<String>>,
        lang: Lang,
    ) -> std::result::Result<Option<DataValidation>, XlsxError> {
        let told = |rule: DataValidation, title: &str, help: &str, wrong: &str| {
            // The writer takes so many characters and no more.
            let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
            rule.set_input_title(cut(title, 30))?
                .set_input_message(cut(help, 250))?
                .set_error_title(cut(say::PLEASE.get(lang), 30))?
                .set_error_message(cut(wrong, 220))
        };
        let label = fields::label(std::slice::from_ref(field), &field.name);
        let label = label.get(lang);
        let rule = DataValidation::new();
        let rule = match field.kind {
            Type::Temp => {
                let between =
                    DataValidationRule::Between(f64::from(TEMP_LOW) / 10.0, f64::from(TEMP_HIGH) / 10.0);
                let help = say::TEMP.get(lang);
                told(rule.allow_decimal_number(between), label, help, say::WRONG_TEMP.get(lang))?
            }
            Type::Date => {
                let (year, month, day) = SINCE;
                let since = ExcelDateTime::from_ymd(year, month, day)?;
                let (since, until) = match field.span {
                    Some(Span::Any) => {
                        (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2100, 12, 31)?)
                    }
                    Some(Span::Since(day)) => (excel(day)?, excel(add_days(self.of.day, AHEAD))?),
                    Some(Span::Days(_)) | None => (since, excel(add_days(self.of.day, AHEAD))?),
                };
                let between = DataValidationRule::Between(since, until);
                told(rule.allow_date(between), label, "2020-02-17", say::WRONG_DAY.get(lang))?
            }
            Type::Bool | Type::Code => {
                let all = options(field, lang);
                let help = format!("{}{}", say::ONE_OF.get(lang), all.join("、"));
                let long = all.iter().map(|one| one.chars().count() + 1).sum::<usize>() > LONGEST_LIST;
                // A comma would part a word of the list.
                let rule = if long || all.iter().any(|one| one.contains([',', '，'])) {
                    let column = letters(lists.len());
                    let formula = format!("='{LISTS}'!${column}$1:${column}${}", all.len());
                    lists.push(all);
                    rule.allow_list_formula(Formula::new(formula))
                } else {
                    rule.allow_list_strings(&all)?
                };
                told(rule, label, &help, say::WRONG_CODE.get(lang))?
            }
            Type::Codes => {
                let help = format!("{}{}", say::SEVERAL.get(lang), options(field, lang).join("、"));
                let any = rule.allow_any_value().set_error_style(DataValidationErrorStyle::Information);
                told(any, label, &help, "")?
            }
            _ => return Ok(None),
        };
        Ok(Some(rule))
    }
}

/// The columns up to the name stay in sight.
fn frozen(columns: &[&Column]) -> u16 {
    columns.iter().position(|column| column.field.name == "name").map_or(0, |at| at as u16 + 1)
}

/// What the sheets of all these units are called, without folder and ending: each of its own.
pub fn names(of: &ToFill) -> Vec<String> {
    distinct(of.units.iter().map(|to| format!("{}-{}", plain(&to.unit.code), of.day)))
}

/// A column that is asked for: not the running number, and not what another says already.
fn is_asked(column: &Column) -> bool {
    column.field.name != "seq" && column.same_as.is_none()
}

/// How a code is written in a language, so that the form reads it back.
fn spelled(field: &Field, code: &str, lang: Lang) -> String {
    let means = |word: &&String| field.code_for(word) == Some(code);
    let all = field.codes.get(code).into_iter().flatten().filter(means);
    let (latin, other): (Vec<&String>, Vec<&String>) = all
        .filter(|word| word.chars().any(char::is_alphabetic))
        .partition(|word| word.is_ascii() && word.len() > 1);
    let found = match lang {
        Lang::Zh => other.first().or(latin.first()),
        Lang::En => latin.first().or(other.first()),
    };
    // A code that is a word of its own is written as it stands.
    let own = !code.is_ascii() && field.code_for(code) == Some(code);
    match found {
        _ if own && lang == Lang::Zh => code.to_owned(),
        Some(word) => (*word).clone(),
        None => code.to_owned(),
    }
}

/// What a column may say: every code in the sheet's language, then in the other.
fn options(field: &Field, lang: Lang) -> Vec<String> {
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let mut out: Vec<String> = Vec::new();
    if field.codes.is_empty() {
        // Their spellings are those every form accepts.
        debug_assert!(YES.contains(&say::ANSWERS[0].zh) && NO.contains(&say::ANSWERS[1].zh));
        for lang in [lang, other] {
            out.extend(say::ANSWERS.iter().map(|answer| answer.get(lang).to_owned()));
        }
        return out;
    }
    for lang in [lang, other] {
        for code in field.codes.keys() {
            let word = spelled(field, code, lang);
            if !out.iter().any(|known| fold(known) == fold(&word)) {
                out.push(word);
            }
        }
    }
    out
}

/// A column as a spreadsheet names it.
fn letters(at: usize) -> String {
    let (first, last) = (at / 26, at % 26);
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    let before = if first > 0 { letter(first - 1).to_string() } else { String::new() };
    format!("{before}{}", letter(last))
}

struct Looks {
    title: Format,
    whose: Format,
    note: Format,
    code: Format,
    head: Format,
    open: Format,
    open_text: Format,
    open_temp: Format,
    open_day: Format,
    locked: Format,
    day_locked: Format,
    hot: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BF_BF));
        let open = || cell().set_unlocked();
        let grey = || cell().set_background_color(Color::RGB(0xF2_F2_F2));
        Self {
            title: Format::new().set_bold().set_font_size(16),
            whose: Format::new().set_bold().set_font_size(12),
            note: Format::new(),
            code: Format::new().set_font_color(Color::RGB(0x80_80_80)).set_font_size(8),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xD9_E2_F3)),
            open: open(),
            open_text: open().set_num_format("@"),
            open_temp: open().set_num_format("0.0"),
            open_day: open().set_num_format("yyyy-mm-dd"),
            locked: grey().set_num_format("@"),
            day_locked: grey().set_num_format("yyyy-mm-dd"),
            hot: Format::new().set_bold().set_font_color(Color::RGB(0xC0_00_00)),
        }
    }

    /// How a column's cells look: those to fill in, and those that are filled in.
    fn of(&self, kind: Type) -> (&Format, &Format) {
        let open = match kind {
            Type::Temp => &self.open_temp,
            Type::Date => &self.open_day,
            Type::Bool | Type::Code | Type::Integer => &self.open,
            _ => &self.open_text,
        };
        (open, &self.locked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{What, builtins};

    #[test]
    fn whatever_a_list_offers_the_form_reads_back() {
        let mut tried = 0;
        for form in builtins().iter().filter(|form| form.what == What::Report) {
            for column in form.columns.iter().filter(|column| is_asked(column)) {
                let field = &column.field;
                if !matches!(field.kind, Type::Bool | Type::Code | Type::Codes) {
                    continue;
                }
                for lang in [Lang::Zh, Lang::En] {
                    let all = options(field, lang);
                    for code in field.codes.keys() {
                        let offered = all.iter().filter(|word| field.read(word, None).as_deref() == Ok(code));
                        assert!(offered.count() > 0, "{}: {} {code}", form.id.name, field.name);
                    }
                    for word in &all {
                        assert!(
                            field.read(word, None).is_ok_and(|code| !code.is_empty()),
                            "{}: {word}",
                            field.name
                        );
                        tried += 1;
                    }
                    assert!(
                        all.iter().all(|word| word.chars().any(char::is_alphabetic)),
                        "{}: {all:?}",
                        field.name
                    );
                }
            }
        }
        assert!(tried > 200, "{tried}");
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(53)),
            ("A".into(), "Z".into(), "AA".into(), "BB".into())
        );
    }
}
