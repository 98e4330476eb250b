//! What goes back to the sender: a message for the chat, and a sheet of the rows that were not taken, laid out as theirs,
//! with the reasons in red. Pure.

use super::{DONE, RETURNED};
use crate::domain::form::{Form, What};
use crate::domain::mask::masked_words;
use crate::domain::report::Round;
use crate::domain::text::safe_block;
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Kind, Result};
use crate::i18n::inbox as words;
use crate::i18n::intake::place;
use crate::intake::cells::{Cells, Mark, Region};
use crate::intake::mapping;
use crate::intake::plan::Rejected;
use crate::say::{Lang, Say};
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use std::collections::HashMap;

/// More rows than these are not told one by one: they stand in the sheet.
const LISTED: usize = 20;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The office.
    pub office: String,
    /// The file's name.
    pub file: String,
    /// For a report: the day.
    pub day: Option<NaiveDate>,
    /// For a report: the round's name, where a day has several.
    pub round: String,
    /// When it was taken in.
    pub at: Option<Ts>,
    /// In which entry of the log.
    pub op: Option<i64>,
    /// Units with the rows of theirs that are in.
    pub taken: Vec<(String, u32)>,
    /// Rows taken.
    pub accepted: u32,
    /// Rows that said nothing new.
    pub unchanged: u32,
    /// Units that were left out.
    pub left: Vec<String>,
    /// Rows refused.
    pub refused: Vec<Rejected>,
    /// It goes back whole, for this reason.
    pub returned: Option<Say>,
}

impl Receipt {
    /// Whether something of it goes back.
    pub fn goes_back(&self) -> bool {
        self.returned.is_some() || !self.refused.is_empty() || !self.left.is_empty()
    }

    /// The folder of the inbox that its file goes to.
    pub fn folder(&self) -> &'static str {
        if self.goes_back() { RETURNED } else { DONE }
    }

    /// The message for the chat: what was taken, what was not, why, and what to do. Numbers of people in it are masked.
    pub fn text(&self, lang: Lang, calendar: Calendar) -> String {
        let mut out = vec![self.head().get(lang).to_owned()];
        if let Some(why) = &self.returned {
            out.push(words::r_returned(&why.zh, &why.en).get(lang).to_owned());
        } else {
            out.push(self.what_was_taken().get(lang).to_owned());
        }
        if !self.left.is_empty() {
            let units = Say::listed(&self.left);
            out.push(words::r_left(units.zh, units.en).get(lang).to_owned());
        }
        if !self.refused.is_empty() {
            out.push(words::r_refused(self.refused.len()).get(lang).to_owned());
            for (n, row) in self.refused.iter().take(LISTED).enumerate() {
                let at = place(&row.sheet, row.row, &row.column, &row.value);
                let (at, why) = (at.get(lang), row.reason.get(lang));
                let between = if at.ends_with('：') { "" } else { " " };
                out.push(format!("{}. {at}{between}{why}", n + 1));
            }
            if self.refused.len() > LISTED {
                out.push(words::r_more(self.refused.len() - LISTED).get(lang).to_owned());
            }
            out.push(words::R_MEND.get(lang).to_owned());
        }
        if let (Some(at), Some(op)) = (self.at, self.op) {
            out.push(words::r_signed(&self.office, calendar.ymd_hm(at), op).get(lang).to_owned());
        } else if !self.office.is_empty() {
            out.push(format!("— {}", self.office));
        }
        let text = out.iter().map(|line| masked_words(line).into_owned()).collect::<Vec<_>>().join("\n");
        format!("{}\n", safe_block(&text))
    }

    fn head(&self) -> Say {
        match (self.day, self.round.as_str()) {
            (Some(day), "") => words::r_head_of(&self.file, day),
            (Some(day), round) => words::r_head_of(&self.file, format!("{day} {round}")),
            (None, _) => words::r_head(&self.file),
        }
    }

    fn what_was_taken(&self) -> Say {
        if self.op.is_none() {
            return words::R_NOTHING.into();
        }
        let units = self.taken.iter().map(|(name, rows)| words::r_unit(name, rows));
        let units = units.reduce(|all, one| Say {
            zh: format!("{}、{}", all.zh, one.zh),
            en: format!("{}, {}", all.en, one.en),
        });
        match units {
            Some(units) => words::r_taken_of(units.zh, units.en),
            None => words::r_taken(self.accepted + self.unchanged),
        }
    }
}

/// A name of a round, where a day has several.
pub fn round_name(round: &Round, rounds: &[crate::domain::office::RoundSetting]) -> String {
    if rounds.len() < 2 {
        return String::new();
    }
    let named = rounds.iter().find(|known| known.round == *round).map(|known| known.name.as_str());
    named.filter(|name| !name.is_empty()).map_or_else(|| round.to_string(), str::to_owned)
}

/// The rows that were refused as a workbook in the sender's own layout: every cell as it stood there, the reason behind it
/// in red. Nothing where none was refused.
///
/// # Errors
/// The form is not known any more, or the workbook cannot be made.
pub fn refused_rows(
    cells: &Cells,
    forms: &[Form],
    (what, form): (What, &str),
    refused: &[Rejected],
    lang: Lang,
) -> Result<Option<Vec<u8>>> {
    if refused.is_empty() {
        return Ok(None);
    }
    let chosen = mapping::choose(forms, what, cells, Some(form), None)?;
    let mut reasons: HashMap<(&str, u32), String> = HashMap::new();
    for row in refused {
        let column = if row.column.is_empty() { String::new() } else { format!("「{}」", row.column) };
        let column =
            if lang == Lang::Zh { column } else { column.replace('「', "\"").replace('」', "\": ") };
        let why = format!("{column}{}", row.reason.get(lang));
        reasons.entry((row.sheet.as_str(), row.row)).or_insert(why);
    }
    let mut book = Workbook::new();
    let made = (|| -> Result<Vec<u8>, XlsxError> {
        // The writer would put the machine's clock there.
        let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&never));
        for (sheet, blocks) in cells.sheets.iter().zip(&chosen.sheets) {
            // Every block of a sheet stands under the first one's header, beside it or below.
            let Some(first) = blocks.first() else { continue };
            let number = |at: usize| sheet.row(at).first().map_or(0, |cell| cell.row + 1);
            let below = first.header + first.depth;
            let of_sheet = |at: &usize| reasons.contains_key(&(sheet.name.as_str(), number(*at)));
            let rows: Vec<usize> = (below..sheet.len()).filter(of_sheet).collect();
            if rows.is_empty() {
                continue;
            }
            let heads = first.header..below;
            let widest = rows.iter().copied().chain(heads.clone()).flat_map(|at| sheet.row(at));
            let last = widest.map(|cell| cell.col).max().unwrap_or(0) + 1;
            let to = book.add_worksheet();
            if !sheet.name.is_empty() {
                to.set_name(&sheet.name)?;
            }
            let begin = number(first.header).saturating_sub(1);
            let depth = number(below - 1).saturating_sub(begin).max(1);
            to.set_freeze_panes(depth, 0)?;
            let head = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
            let red = Format::new().set_font_color(Color::Red).set_text_wrap();
            let red_head = Format::new().set_bold().set_font_color(Color::Red);
            let text = Format::new().set_num_format("@");
            // A header over several columns is one there as well: without it, what stands below belongs to none.
            let within = |region: &&Region| region.top >= begin && region.bottom < begin + depth;
            for region in sheet.merged.iter().filter(within) {
                let (top, bottom) = (region.top - begin, region.bottom - begin);
                to.merge_range(top, region.left, bottom, region.right, "", &head)?;
            }
            for cell in heads.flat_map(|at| sheet.row(at)) {
                to.write_string_with_format(cell.row - begin, cell.col, sheet.text(cell), &head)?;
            }
            to.write_string_with_format(depth - 1, last, words::WHY_COLUMN.get(lang), &red_head)?;
            to.set_column_width(last, 60.0)?;
            for (row, at) in (depth..).zip(rows) {
                for cell in sheet.row(at) {
                    let value = sheet.text(cell);
                    match value.parse::<f64>() {
                        // What a number cell shows is kept; one that lost its zeros or its end was none to begin with.
                        Ok(n) if cell.mark == Mark::Number && n.to_string() == value => {
                            to.write_number(row, cell.col, n)?
                        }
                        _ => to.write_string_with_format(row, cell.col, value, &text)?,
                    };
                }
                let why = reasons.get(&(sheet.name.as_str(), number(at))).map_or("", String::as_str);
                to.write_string_with_format(row, last, why, &red)?;
            }
        }
        book.save_to_buffer()
    })();
    made.map(Some).map_err(|error| {
        tracing::warn!(%error, "a sheet of refused rows was not made");
        Error::user(Kind::NotSaved, words::NO_SHEET)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::builtins;
    use crate::intake::cells::Sheet;

    fn rejected(row: u32, column: &str, value: &str) -> Rejected {
        Rejected {
            sheet: "土木".to_owned(),
            row,
            column: column.to_owned(),
            value: value.to_owned(),
            code: "x",
            reason: Say { zh: "请改".to_owned(), en: "mend it".to_owned() },
        }
    }

    #[test]
    fn the_message_says_what_was_taken_what_was_not_and_what_to_do_with_numbers_masked() {
        let receipt = Receipt {
            office: "值班室".to_owned(),
            file: "土木2.17.xlsx".to_owned(),
            day: NaiveDate::from_ymd_opt(2020, 2, 17),
            at: Ts::from_rfc3339("2020-02-17T10:05:00+08:00"),
            op: Some(412),
            taken: vec![("土木工程学院".to_owned(), 98)],
            accepted: 98,
            refused: vec![rejected(7, "上午体温", "99"), rejected(9, "备注", "13800135678")],
            ..Receipt::default()
        };
        let zh = receipt.text(Lang::Zh, Calendar::default());
        for part in [
            "土木2.17.xlsx",
            "2020-02-17",
            "土木工程学院 98 行",
            "2 行未收",
            "第 7 行「上午体温」（99）",
            "412",
        ] {
            assert!(zh.contains(part), "{part}: {zh}");
        }
        assert!(!zh.contains("13800135678") && zh.contains("138****5678"), "{zh}");
        let en = receipt.text(Lang::En, Calendar::default());
        assert!(en.contains("mend it") && en.contains("98 rows") && !en.contains('行'), "{en}");
        assert_eq!((receipt.folder(), Receipt::default().folder()), (RETURNED, DONE));
        let whole = Receipt { returned: Some("不是本校".into_say()), ..Receipt::default() };
        assert!(whole.goes_back() && whole.text(Lang::Zh, Calendar::default()).contains("不是本校"));
    }

    trait IntoSay {
        fn into_say(self) -> Say;
    }

    impl IntoSay for &str {
        fn into_say(self) -> Say {
            Say::same(self)
        }
    }

    #[test]
    fn refused_rows_stand_as_they_were_with_their_reason_behind_them() {
        let mut sheet = Sheet::new("土木", false);
        let rows: [&[&str]; 4] = [
            &["2月17日日报"],
            &["姓名", "我的列", "工号", "单位", "上午体温", "测量部位"],
            &["王伟", "甲", "001203", "土木", "36.5", "腋温"],
            &["李娜", "乙", "001204", "土木", "99", "腋温"],
        ];
        for (row, texts) in rows.iter().enumerate() {
            for (col, text) in texts.iter().enumerate() {
                let mark = if col == 4 && row > 1 { Mark::Number } else { Mark::Text };
                sheet.push(row as u32, col as u16, mark, text);
            }
        }
        sheet.finish(100);
        let cells = Cells { sheets: vec![sheet], ..Cells::default() };
        let forms = builtins();
        let form = mapping::label(mapping::choose(&forms, What::Report, &cells, None, None).unwrap().form);
        let refused = [rejected(4, "上午体温", "99")];
        let of = |lang| refused_rows(&cells, &forms, (What::Report, &form), &refused, lang).unwrap();
        let bytes = of(Lang::Zh).unwrap();
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = calamine::Reader::worksheet_range(&mut book, "土木").unwrap();
        let read: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        assert_eq!(
            read,
            [
                ["姓名", "我的列", "工号", "单位", "上午体温", "测量部位", "退回原因"],
                ["李娜", "乙", "001204", "土木", "99", "腋温", "「上午体温」请改"],
            ]
        );
        assert_eq!(range.get((1, 4)), Some(&calamine::Data::Float(99.0)));
        assert!(refused_rows(&cells, &forms, (What::Report, &form), &[], Lang::Zh).unwrap().is_none());
    }
}
