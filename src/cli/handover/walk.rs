//! Item by item (逐条复述): each open item is read out, and acknowledged, asked about, or left unread.

use super::super::office::Office;
use super::super::out;
use super::Handover;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::handover as words;
use crate::log::event::HandoverItem;
use crate::paper::summary::Summary;
use crate::store::act::Asked;

/// What came of the walk.
pub(super) struct Walked {
    pub items: Vec<HandoverItem>,
    pub questions: Vec<Asked>,
}

/// Walks the open items: as told beforehand, else one by one with whoever sits at the terminal.
pub(super) fn walk(office: &Office, cut: &Summary, args: &Handover) -> Result<Walked> {
    let open = crate::app::handover::items(cut);
    let (items, words): (Vec<HandoverItem>, Vec<_>) = open.into_iter().unzip();
    match &args.tick {
        Some(tick) => told(items, tick, &args.ask),
        None if out::is_interactive() => Ok(asked(items, &words, office)),
        None => Err(Error::refused(say::NO_WALK).hint(say::NO_WALK_HINT)),
    }
}

fn told(mut items: Vec<HandoverItem>, tick: &str, ask: &[String]) -> Result<Walked> {
    let count = items.len();
    for place in places(tick, count)? {
        items[place].ticked = true;
    }
    let mut questions = Vec::new();
    for asked in ask {
        let (no, text) = asked.split_once(['=', '＝']).ok_or_else(|| Error::input(words::bad_item(asked)))?;
        let place =
            places(no, count)?.into_iter().next().ok_or_else(|| Error::input(words::bad_item(asked)))?;
        items[place].ticked = false;
        questions.push(Asked { item: items[place].item(), text: text.trim().to_owned() });
    }
    Ok(Walked { items, questions })
}

/// `all`, `none`, or numbers from 1, as places.
pub(in crate::cli) fn places(text: &str, count: usize) -> Result<Vec<usize>> {
    match text.trim() {
        "all" => return Ok((0..count).collect()),
        "none" => return Ok(Vec::new()),
        _ => {}
    }
    let numbers = text.split([',', '，', '、', ' ']).map(str::trim).filter(|part| !part.is_empty());
    numbers
        .map(|part| {
            let no: usize = part.parse().map_err(|_| Error::input(words::bad_item(part)))?;
            if (1..=count).contains(&no) { Ok(no - 1) } else { Err(Error::input(words::bad_item(part))) }
        })
        .collect()
}

fn asked(mut items: Vec<HandoverItem>, words: &[crate::say::Say], office: &Office) -> Walked {
    let lang = office.lang;
    if !items.is_empty() {
        out::tell(say::ACK_TITLE.get(lang));
        out::tell(words::ACK_HOW.get(lang));
    }
    let mut questions = Vec::new();
    let all = items.len();
    for (place, (item, said)) in items.iter_mut().zip(words).enumerate() {
        out::tell(&format!("{}/{all}  {}", place + 1, said.get(lang)));
        match answer(&out::ask(words::ACK_PROMPT.get(lang)).unwrap_or_default(), lang) {
            Answer::Read => item.ticked = true,
            Answer::Unread => {}
            Answer::Asks(text) => questions.push(Asked { item: item.item(), text }),
        }
    }
    Walked { items, questions }
}

enum Answer {
    Read,
    Unread,
    Asks(String),
}

/// `y` acknowledges, a question mark asks, anything else leaves the item unread.
fn answer(typed: &str, lang: crate::say::Lang) -> Answer {
    if let Some(text) = typed.strip_prefix(['?', '？']) {
        let text = text.trim().to_owned();
        let text =
            if text.is_empty() { out::ask(words::ASK_TEXT.get(lang)).unwrap_or_default() } else { text };
        return if text.is_empty() { Answer::Unread } else { Answer::Asks(text) };
    }
    if matches!(typed.to_lowercase().as_str(), "y" | "yes" | "是" | "好" | "ｙ") {
        Answer::Read
    } else {
        Answer::Unread
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::item::ItemKind;
    use uuid::Uuid;

    #[test]
    fn items_are_named_by_their_numbers() {
        assert_eq!(places("all", 3).unwrap(), [0, 1, 2]);
        assert_eq!(places("none", 3).unwrap(), Vec::<usize>::new());
        assert_eq!(places("1，3", 3).unwrap(), [0, 2]);
        assert!(places("4", 3).is_err() && places("0", 3).is_err() && places("x", 3).is_err());
        let items = || {
            vec![
                HandoverItem::new(ItemKind::Case, Uuid::nil()),
                HandoverItem::new(ItemKind::Slot, Uuid::nil()),
            ]
        };
        let walked = told(items(), "all", &["2=体温是否补测".to_owned()]).unwrap();
        assert_eq!(walked.items.iter().map(|item| item.ticked).collect::<Vec<_>>(), [true, false]);
        assert_eq!(
            (walked.questions[0].item.kind.code(), walked.questions[0].text.as_str()),
            ("slot", "体温是否补测")
        );
        assert!(
            told(items(), "all", &["3=x".to_owned()]).is_err()
                && told(items(), "all", &["x".to_owned()]).is_err()
        );
    }

    #[test]
    fn a_question_mark_asks_and_silence_leaves_unread() {
        let lang = crate::say::Lang::Zh;
        assert!(matches!(answer("Y", lang), Answer::Read));
        assert!(matches!(answer("", lang), Answer::Unread));
        let Answer::Asks(text) = answer("？ 谁负责", lang) else { panic!() };
        assert_eq!(text, "谁负责");
    }
}
