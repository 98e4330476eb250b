//! One reading in full: every value somebody filled in, each with its label.

use crate::domain::mask::masked_words;
use crate::domain::report::degrees;
use crate::i18n::terms::word;
use crate::i18n::{doubts, fields as words, screen as say};
use crate::say::{Say, Word};
use crate::store::query::rows::{Correction, ReadingRow};

/// The title of a reading: its day and round, and the form it came on.
pub fn title(reading: &ReadingRow, round: &str) -> Say {
    let which = format!("{} {round}", reading.day);
    say::reading_of(which.trim_end(), &reading.form.name, reading.form.version)
}

/// Every value of a reading, the typed ones first; what was not answered is left out.
pub fn lines<'a>(reading: &ReadingRow, corrections: impl Iterator<Item = &'a Correction>) -> Vec<Say> {
    let mut out = Vec::new();
    let fields = &reading.fields;
    let mut push = |field: &str, value: Say| {
        if !value.zh.is_empty() {
            let label = words::label(fields, field);
            let (zh, en) = (format!("{}：{}", label.zh, value.zh), format!("{}: {}", label.en, value.en));
            out.push(Say { zh, en });
        }
    };
    let temp = |tenths: Option<i16>| tenths.map_or_else(Say::default, |t| Say::same(degrees(t)));
    let answer = |yes: Option<bool>| yes.map_or_else(Say::default, |yes| yes_no(yes).into());
    push("temp_am", temp(reading.temp_am));
    push("temp_pm", temp(reading.temp_pm));
    push("site", reading.site.map_or_else(Say::default, |site| word(site).into()));
    push("place", Say::same(&reading.place));
    push("in_hubei", answer(reading.in_hubei));
    push("left_city", answer(reading.left_city));
    push("status", words::value(fields, "status", &reading.status));
    for (field, value) in &reading.rest {
        push(field, words::value(fields, field, value));
    }
    // The sheet says what it says; what was found out stands below.
    for one in corrections {
        let (head, what) = (doubts::CORRECT, doubts::correction(&one.field, &one.old, &one.new));
        let by = masked_words(&one.told_by);
        out.push(Say {
            zh: format!("{}：{}（{by}）", head.zh, what.zh),
            en: format!("{}: {} ({by})", head.en, what.en),
        });
    }
    if reading.superseded {
        out.push(say::SUPERSEDED.into());
    }
    out
}

fn yes_no(yes: bool) -> Word {
    if yes { say::YES_WORD } else { say::NO_WORD }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::dossier;
    use crate::domain::form::Form;

    #[test]
    fn every_value_has_its_label_and_its_words() {
        let mut reading = dossier().readings.remove(0);
        reading.rest = vec![
            ("met_case".to_owned(), "1".to_owned()),
            ("observed_how".to_owned(), "central".to_owned()),
            ("own_column".to_owned(), "1".to_owned()),
            ("hall".to_owned(), "a".to_owned()),
        ];
        let own = "name='x'\nversion=1\nwhat='report'\n[[column]]\nfield='name'\nheaders=['姓名']\n[[column]]\n\
                   field='hall'\nheaders=['宿舍楼']\ntype='code'\n[column.codes]\na=['甲楼']\n";
        reading.fields = Form::parse(own).unwrap().rest().cloned().collect();
        let shown = lines(&reading, std::iter::empty());
        let zh: Vec<&str> = shown.iter().map(|say| say.zh.as_str()).collect();
        assert!(zh.contains(&"上午体温：37.8") && zh.contains(&"是否在鄂：否"), "{zh:?}");
        assert!(zh.contains(&"接触病例：是") && zh.contains(&"观察方式：集中隔离"), "{zh:?}");
        assert!(zh.contains(&"own_column：1"), "a column whose form is gone keeps its name: {zh:?}");
        assert!(zh.contains(&"宿舍楼：甲楼"), "an office's own column has the words of its form: {zh:?}");
        assert!(zh.contains(&"当前状态：隔离"), "{zh:?}");
    }
}
