//! What may have been meant otherwise than it was typed: a character left out, another of the same sound, a form of
//! address, a dormitory by its initials. Looked for only when little fits as it was typed, and always below that.

use super::found::{Match, Part, Target, Way};
use super::index::{Answer, FEW, Index};
use super::pick::{Lists, Source, pick};
use super::pinyin::{given, surname};
use super::query::{Depth, Prepared, Typed, Typing};
use super::rank;
use super::syllables::is_syllable;
use super::word::Word;
use std::collections::HashMap;

/// Letters of the beginning of a room or an address (`my`, `meiyuan`), and the beginnings they may stand for.
pub(super) type Houses = HashMap<String, Vec<String>>;

/// Characters of the longest beginning of a room that is known by its letters.
const HOUSE: usize = 8;
/// Characters of the longest name that is looked for by its sounds.
const SOUNDING: usize = 4;
/// Readings of one character that are tried.
const READINGS: usize = 2;
/// How often several words are asked again with one of them changed.
const AGAIN: usize = 6;

/// What people are called behind their name.
const TITLES: [&str; 27] = [
    "辅导员",
    "班主任",
    "老师",
    "同学",
    "教授",
    "主任",
    "书记",
    "校长",
    "院长",
    "处长",
    "科长",
    "部长",
    "所长",
    "馆长",
    "主席",
    "大夫",
    "医生",
    "护士",
    "师傅",
    "阿姨",
    "先生",
    "女士",
    "小姐",
    "大姐",
    "大哥",
    "工",
    "总",
];
/// What they are called before their surname.
const FAMILIAR: [&str; 4] = ["小", "老", "阿", "大"];
/// The same in letters.
const TITLES_SPELT: [&str; 10] = [
    "laoshi",
    "tongxue",
    "jiaoshou",
    "zhuren",
    "shuji",
    "yuanzhang",
    "chuzhang",
    "kezhang",
    "yisheng",
    "shifu",
];
const FAMILIAR_SPELT: [&str; 2] = ["xiao", "lao"];

/// In what way something may have been meant; of several words those that stand first are tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    /// 王老师, 小张.
    Addressed,
    /// `my2-418` is 梅园2-418.
    House,
    /// `xi'an` is *xian* after all.
    Unbroken,
    /// 张风 is 张为风.
    LeftOut,
    /// 王钟钦 is 王忠钦.
    SameSound,
}

impl How {
    /// What counts of a fit that would score `exact` had it been typed so.
    fn score(self, exact: u16, written: bool) -> u16 {
        match self {
            Self::Addressed if !written => 82 + exact / 50,
            Self::Addressed | Self::House => 170 + exact / 50,
            Self::SameSound if exact >= rank::WHOLE_AT_LEAST => 150 + exact / 50,
            // Only the beginning of a name: one that lacks a character is likelier.
            Self::SameSound => 105 + exact / 50,
            Self::Unbroken => rank::far(exact),
            Self::LeftOut if written => 125 + exact / 50,
            // A slip of the finger is likelier.
            Self::LeftOut => 80 + exact / 50,
        }
    }

    /// By what it is told to be found.
    fn way(self, found: Way) -> Way {
        match self {
            Self::Addressed => Way::Addressed,
            Self::LeftOut => Way::LeftOut,
            Self::SameSound => Way::SameSound,
            Self::House | Self::Unbroken => found,
        }
    }
}

impl Index {
    /// Adds what may have been meant, when hardly anything fits as it was typed. `lost` are those of several words that
    /// find nothing by themselves.
    pub(super) fn widen(&self, typing: &Typing, lost: &[usize], limit: usize, matches: &mut Vec<Match>) {
        let really = |found: &&Match| found.score > rank::CONFUSED_AT_MOST;
        let whole_name = |found: &Match| {
            let named = matches!(found.way, Way::Name | Way::Pinyin | Way::Initials | Way::Mixed);
            named && found.part == Part::Whole && matches!(found.target, Target::Person(_))
        };
        let few = matches.iter().filter(really).count();
        if few >= FEW {
            return;
        }
        // Beside somebody of just this name only who has one character more.
        let known = matches.iter().filter(really).any(whole_name);
        let mut more = Vec::new();
        match &typing.whole {
            Some(word) if typing.words.is_empty() => {
                let mut others = self.others(&word.word, &word.room, few == 0);
                others.retain(|(_, how)| !known || *how == How::LeftOut);
                for (other, how) in others {
                    more.extend(self.meant(&other, how, limit, word.word.written));
                    if more.len() >= FEW && how != How::SameSound {
                        break;
                    }
                }
            }
            Some(whole) if few == 0 => more = self.meant_together(whole, &typing.words, lost, limit),
            _ => return,
        }
        for found in more {
            match matches.iter_mut().find(|known| known.target == found.target) {
                Some(known) if known.score >= found.score => {}
                Some(known) => *known = found,
                None => matches.push(found),
            }
        }
        matches.sort_by_key(|found| std::cmp::Reverse(found.score));
        matches.truncate(limit);
    }

    /// Who fits one word that may have been meant.
    fn meant(&self, other: &Typed, how: How, limit: usize, written: bool) -> Vec<Match> {
        let word = Prepared::new(other, &self.sounds, false);
        let mut lists: Lists<'_> = Vec::new();
        if how == How::House {
            self.people.rooms(&word, &mut lists);
        } else {
            self.people.heads(&word, &mut lists);
        }
        let (units, contacts) = (self.units.none(), self.contacts.none());
        for fresh in 0..self.fresh.len() as u32 {
            let place = self.people.len() as u32 + fresh;
            let judged = self.judge(place, &word, &units, Depth::Typed).filter(|judged| match how {
                How::House => judged.way == Way::Room,
                _ => {
                    matches!(judged.way, Way::Name | Way::Pinyin)
                        && matches!(judged.part, Part::Whole | Part::Head)
                }
            });
            lists.extend(judged.map(|judged| (judged.score, Source::One(place))));
        }
        if how == How::LeftOut {
            lists.retain(|(score, _)| *score >= rank::WHOLE_AT_LEAST);
        }
        let people = pick(&mut lists, limit, |place| self.rank(place));
        let answer = Answer {
            people,
            units: units.best.clone(),
            contacts: contacts.best,
            calls: Vec::new(),
            by_unit: vec![units],
            depth: Depth::Typed,
            lost: Vec::new(),
            near: false,
        };
        let mut matches = self.matches(&answer, &word, &[], limit);
        for found in &mut matches {
            found.score = how.score(found.score, written);
            found.way = how.way(found.way);
        }
        matches
    }

    /// The same for several words, one of which may have been meant otherwise.
    fn meant_together(&self, whole: &Typed, words: &[Typed], lost: &[usize], limit: usize) -> Vec<Match> {
        let others = lost.iter().map(|at| (*at, &words[*at])).flat_map(|(at, word)| {
            let others = self.others(&word.word, &word.room, true);
            others.into_iter().map(move |other| (at, other))
        });
        let mut others: Vec<(usize, (Typed, How))> = others.collect();
        others.sort_by_key(|(_, (_, how))| *how);
        for (at, (other, how)) in others.into_iter().take(AGAIN) {
            let each = words.iter().enumerate().map(|(nth, word)| if nth == at { &other } else { word });
            let prepared: Vec<Prepared<'_>> =
                each.map(|word| Prepared::new(word, &self.sounds, false)).collect();
            let whole = Prepared::new(whole, &self.sounds, false);
            let mut matches =
                self.matches(&self.several(&whole, &prepared, Depth::Typed, limit), &whole, &prepared, limit);
            matches.retain(|found| found.score > rank::CONFUSED_AT_MOST);
            for found in &mut matches {
                found.score = how.score(found.score, words[at].word.written);
                if let Some(reason) = found.words.get_mut(at) {
                    reason.way = how.way(reason.way);
                    reason.word.clone_from(&words[at].word.text);
                }
            }
            if !matches.is_empty() {
                return matches;
            }
        }
        Vec::new()
    }

    /// What may have been meant by a word, the likelier first; with `all` also what needs that nothing fits.
    fn others(&self, word: &Word, room: &str, all: bool) -> Vec<(Typed, How)> {
        let name = |text: &str| Word::new(text, text).map(Typed::name);
        let mut out: Vec<(Typed, How)> = Vec::new();
        out.extend(addressed(word).and_then(|text| name(&text)).map(|other| (other, How::Addressed)));
        if word.written {
            if word.letters.len() > 1 {
                out.extend(
                    same_sound(word).iter().filter_map(|text| name(text)).map(|o| (o, How::SameSound)),
                );
                let gaps = (1..word.letters.len()).filter_map(|at| word.with_gap(at));
                out.extend(gaps.map(|other| (Typed::name(other), How::LeftOut)));
            }
        } else if word.latin {
            out.extend(word.unbroken().filter(|_| all).map(|other| (Typed::name(other), How::Unbroken)));
            let between = between_syllables(&word.text);
            let gaps = between.into_iter().filter_map(|at| word.with_gap(at));
            out.extend(gaps.map(|other| (Typed::name(other), How::LeftOut)));
        } else if all {
            out.extend(self.houses(room).into_iter().map(|other| (other, How::House)));
        }
        out
    }

    /// Rooms whose beginning was typed in letters.
    fn houses(&self, room: &str) -> Vec<Typed> {
        let at = room.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(room.len());
        let (letters, number) = room.split_at(at);
        if letters.len() < 2 || !number.starts_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let houses = self.houses.get_or_init(|| houses(self.people.each_room()));
        let meant = houses.get(letters).into_iter().flatten();
        meant.filter_map(|house| Typed::new(&format!("{house}{number}"))).collect()
    }
}

/// Every beginning of a room up to its first number, by its initials and by its pinyin.
fn houses<'a>(rooms: impl Iterator<Item = &'a str>) -> Houses {
    let mut known: std::collections::HashSet<&str> = std::collections::HashSet::new();
    let mut houses = Houses::new();
    for room in rooms {
        let at = room.find(|c: char| c.is_ascii()).unwrap_or(0);
        let house = &room[..at];
        if at == 0 || house.chars().count() > HOUSE || !known.insert(house) {
            continue;
        }
        let readings: Vec<String> =
            house.chars().map(|c| given(c).readings.into_iter().next().unwrap_or_default()).collect();
        let initials: String = readings.iter().filter_map(|reading| reading.chars().next()).collect();
        for letters in [initials, readings.concat()] {
            houses.entry(letters).or_default().push(house.to_owned());
        }
    }
    houses
}

/// The name without the form of address, or nothing.
fn addressed(word: &Word) -> Option<String> {
    let text = word.text.as_str();
    let (titles, familiar) = if word.written {
        (TITLES.as_slice(), FAMILIAR.as_slice())
    } else if word.latin {
        (TITLES_SPELT.as_slice(), FAMILIAR_SPELT.as_slice())
    } else {
        return None;
    };
    if titles.contains(&text) {
        return None;
    }
    let name = titles.iter().find_map(|title| text.strip_suffix(title)).filter(|name| !name.is_empty());
    // 小张 is somebody's surname; 小丽华 is a name.
    let surname = |name: &&str| if word.written { name.chars().count() == 1 } else { is_syllable(name) };
    let name = name.or_else(|| familiar.iter().find_map(|before| text.strip_prefix(before).filter(surname)));
    name.map(str::to_owned)
}

/// A written name with one of its characters in letters, then with all of them.
fn same_sound(word: &Word) -> Vec<String> {
    let letters = &word.letters;
    if letters.len() > SOUNDING {
        return Vec::new();
    }
    let readings =
        |at: usize| if at == 0 { surname(letters[0]).readings } else { given(letters[at]).readings };
    let each: Vec<Vec<String>> = (0..letters.len()).map(readings).collect();
    if each.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (at, readings) in each.iter().enumerate().rev() {
        for reading in readings.iter().take(READINGS) {
            let spelt = |(n, c): (usize, &char)| if n == at { reading.clone() } else { c.to_string() };
            out.push(letters.iter().enumerate().map(spelt).collect());
        }
    }
    out.push(each.iter().filter_map(|readings| readings.first()).map(String::as_str).collect());
    out
}

/// Where one syllable may end and the next begin: places between letters.
fn between_syllables(text: &str) -> Vec<usize> {
    // Whether the letters up to a place, and from it on, are whole syllables.
    let spelt = |from: usize, to: usize| is_syllable(&text[from..to]);
    let mut head = vec![false; text.len() + 1];
    let mut tail = head.clone();
    (head[0], tail[text.len()]) = (true, true);
    for at in 1..=text.len() {
        head[at] = (at.saturating_sub(6)..at).any(|from| head[from] && spelt(from, at));
    }
    for at in (0..text.len()).rev() {
        tail[at] = (at + 1..=text.len().min(at + 6)).any(|to| tail[to] && spelt(at, to));
    }
    (1..text.len()).filter(|at| head[*at] && tail[*at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::new(text, text).unwrap()
    }

    #[test]
    fn forms_of_address_are_no_part_of_a_name() {
        for (typed, name) in [
            ("王老师", "王"),
            ("小张", "张"),
            ("王伟老师", "王伟"),
            ("wanglaoshi", "wang"),
            ("xiaozhang", "zhang"),
        ] {
            assert_eq!(addressed(&word(typed)).as_deref(), Some(name), "{typed}");
        }
        for typed in ["老师", "小丽华", "张伟", "xiaozh", "王5"] {
            assert_eq!(addressed(&word(typed)), None, "{typed}");
        }
    }

    #[test]
    fn syllables_meet_where_both_sides_are_whole() {
        assert_eq!(between_syllables("zhangfeng"), [5]);
        assert_eq!(between_syllables("xianfeng"), [2, 4]);
        assert!(between_syllables("zhgf").is_empty());
    }

    #[test]
    fn a_name_by_its_sounds() {
        let all = same_sound(&word("王钟钦"));
        assert!(all.contains(&"王zhong钦".to_owned()) && all.contains(&"wangzhongqin".to_owned()), "{all:?}");
        assert!(same_sound(&word("王钟钦明远")).is_empty());
    }
}
