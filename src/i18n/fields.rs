//! Fields in words: labels and values. The words themselves stand in `data/fields.toml` and in the forms; what they are
//! looked up by is here.

use super::forms::{NO_WORD, YES_WORD};
use super::terms::word;
use crate::domain::case::Measure;
use crate::domain::field::{Field, Span, Title, Type, known};
use crate::domain::person::PersonKind;
use crate::say::{Say, Word};

/// A field the program knows, in running text.
pub fn named(field: &str) -> Option<Word> {
    let title = &known(field)?.title;
    (!title.is_empty()).then_some(Word { zh: &title.zh, en: &title.en })
}

/// The label of a field: as its form has it, else as the program does; a name that neither knows stands for itself.
pub fn label(fields: &[Field], name: &str) -> Say {
    let own = fields.iter().find(|field| field.name == name);
    let titled = own.map(|field| &field.title).filter(|title| !title.is_empty());
    let label = match titled.or_else(|| Some(&known(name)?.title)) {
        Some(title) if !title.is_empty() => Say { zh: title.zh.clone(), en: capital(&title.en) },
        _ => Say::same(name),
    };
    match own.and_then(|field| field.span) {
        Some(span) => asked_over(&label, span),
        None => label,
    }
}

/// A label, and over which time it asks.
fn asked_over(label: &Say, span: Span) -> Say {
    let Say { zh, en } = label;
    match span {
        Span::Any => label.clone(),
        Span::Days(1) => Say { zh: format!("{zh}（1 天内）"), en: format!("{en} (within a day)") },
        Span::Days(days) => {
            Say { zh: format!("{zh}（{days} 天内）"), en: format!("{en} (within {days} days)") }
        }
        Span::Since(day) => Say { zh: format!("{zh}（{day} 以来）"), en: format!("{en} (since {day})") },
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// A canonical value of a field in words: codes and answers as its form has them, else as the program does; all else as
/// it was filled in.
pub fn value(fields: &[Field], name: &str, value: &str) -> Say {
    let own = fields.iter().find(|field| field.name == name);
    let program = known(name);
    let said = |title: &Title| Say { zh: title.zh.clone(), en: title.en.clone() };
    if let Some(title) = own.and_then(|field| field.word(value)).or_else(|| program?.word(value)) {
        return said(title);
    }
    let term = match name {
        "kind" => PersonKind::from_code(value).map(word),
        "observed_how" => Measure::from_code(value).map(word),
        _ => None,
    };
    if let Some(term) = term {
        return term.into();
    }
    let kind = program.map(|known| known.kind).or_else(|| own.map(|field| field.kind));
    match (kind, value) {
        (Some(Type::Bool), "1") => return YES_WORD.into(),
        (Some(Type::Bool), "0") => return NO_WORD.into(),
        _ => {}
    }
    if own.is_some_and(|field| field.kind == Type::Codes) && value.contains(',') {
        let all: Vec<Say> = value.split(',').map(|code| self::value(fields, name, code)).collect();
        return Say {
            zh: Say::listed(all.iter().map(|one| &one.zh)).zh,
            en: Say::listed(all.iter().map(|one| &one.en)).en,
        };
    }
    match own
        .filter(|field| program.is_none_or(|known| known.is_open(field)))
        .and_then(|field| field.spelled(value))
    {
        Some((zh, en)) => Say { zh: zh.to_owned(), en: en.to_owned() },
        None => Say::same(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Form;

    #[test]
    fn an_offices_own_column_has_the_words_of_its_form() {
        let form = Form::parse(
            "name='x'\nversion=1\nwhat='report'\n[[column]]\nfield='name'\nheaders=['姓名']\n\
             [[column]]\nfield='hall'\nheaders=['宿舍楼', 'Hall']\ntype='code'\n[column.codes]\na=['甲楼', 'Hall A']\n\
             [[column]]\nfield='masks'\nheaders=['口罩']\ntitle={zh='口罩是否够用', en='enough masks'}\ntype='bool'\n\
             [column.words]\n0={zh='不够', en='too few'}\n\
             [[column]]\nfield='symptoms'\nheaders=['症状']\ntitle={zh='不适', en='complaints'}\n",
        )
        .unwrap();
        let fields: Vec<Field> = form.rest().cloned().collect();
        let both = |say: Say| (say.zh, say.en);
        let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(both(label(&fields, "hall")), pair("宿舍楼", "Hall"));
        assert_eq!(both(value(&fields, "hall", "a")), pair("甲楼", "Hall A"));
        assert_eq!(both(label(&fields, "masks")), pair("口罩是否够用", "Enough masks"));
        assert_eq!(both(value(&fields, "masks", "0")), pair("不够", "too few"));
        assert_eq!(both(value(&fields, "masks", "1")), pair("是", "Yes"));
        assert_eq!(both(label(&fields, "symptoms")), pair("不适", "Complaints"));
        assert_eq!(both(label(&fields, "unheard_of")), pair("unheard_of", "unheard_of"));
    }

    #[test]
    fn a_question_is_told_with_the_time_it_asks_over_and_several_answers_each_by_its_word() {
        let form = crate::domain::form::builtin("return", 1).unwrap();
        let fields: Vec<Field> = form.rest().cloned().collect();
        assert_eq!(label(&fields, "via_hubei").zh, "途经湖北（30 天内）");
        assert_eq!(label(&fields, "via_hubei").en, "Via Hubei (within 30 days)");
        assert_eq!(label(&fields, "met_from_hubei").zh, "接触湖北来人（2020-01-01 以来）");
        let form = crate::domain::form::builtin("morning", 1).unwrap();
        let fields: Vec<Field> = form.rest().cloned().collect();
        let said = value(&fields, "symptoms", "发热,咳嗽");
        assert_eq!((said.zh.as_str(), said.en.as_str()), ("发热、咳嗽", "fever, cough"));
    }

    #[test]
    fn every_field_of_the_shipped_forms_has_a_label_and_every_state_a_word() {
        for form in crate::domain::form::builtins() {
            for field in form.rest() {
                let said = label(&[], &field.name);
                assert!(said.zh != field.name && said.en != field.name, "{}", field.name);
            }
            let status = form.columns.iter().find(|column| column.field.name == "status");
            for code in status.into_iter().flat_map(|column| column.field.codes.keys()) {
                assert_ne!(value(&[], "status", code).zh, *code);
            }
        }
    }
}
