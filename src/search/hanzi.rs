//! One form for each Chinese character: `data/hanzi.txt`, ready to be asked for every character of a million names.

use super::letters;
use std::sync::OnceLock;

/// The characters that fold to another stand below this.
const END: usize = 0x3_2000;
const PAGE: usize = 256;

/// Pages of 256 characters; the first page stands for every page on which nothing is folded.
struct Forms {
    page: Vec<u16>,
    cells: Vec<[char; PAGE]>,
}

impl Forms {
    fn read(text: &str) -> Self {
        let mut forms = Self { page: vec![0; END / PAGE], cells: vec![['\0'; PAGE]] };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            if let Some(to) = chars.next() {
                chars.for_each(|from| forms.put(from, to));
            }
        }
        for (to, from) in letters::LETTERS {
            from.chars().for_each(|from| forms.put(from, *to));
        }
        forms
    }

    fn put(&mut self, from: char, to: char) {
        let at = from as usize;
        let Some(page) = self.page.get_mut(at / PAGE) else { return };
        if *page == 0 {
            *page = self.cells.len() as u16;
            self.cells.push(['\0'; PAGE]);
        }
        self.cells[usize::from(*page)][at % PAGE] = to;
    }
}

fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| Forms::read(include_str!("../../data/hanzi.txt")))
}

/// The form that is compared, of a character that is not itself that form.
pub(super) fn folded(c: char) -> Option<char> {
    let forms = forms();
    let page = *forms.page.get(c as usize / PAGE)?;
    let to = forms.cells[usize::from(page)][c as usize % PAGE];
    (to != '\0').then_some(to)
}

/// The form that is compared.
pub(super) fn form(c: char) -> char {
    folded(c).unwrap_or(c)
}

/// Whether the character is an ideograph that has readings of its own, and no stand-in for another
/// (a radical, a compatibility ideograph, a private place).
pub(super) fn is_own(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn traditional_and_variant_forms_have_the_form_of_today() {
        let pairs = "髙高 瀋沈 峯峰 昇升 陞升 崑昆 崙仑 甦苏 溫温 彥彦 強强 敎教 戶户 吳吴 呂吕 黃黄 眞真 靑青 悳德 \
            恆恒 乾干 後后 麼么 於于 葉叶 範范 鍾钟 鐘钟 锺钟 張张 劉刘 陳陈 楊杨 趙赵 龍龙 竜龙 龜龟 葦苇 廣广 広广 \
            沢泽 徳德 恵惠 櫻樱 桜樱 﨑崎 ⻰龙 ⼤大 \u{f9b4}领 \u{e863}䶮 \u{e854}龺 𪸩辉";
        for pair in pairs.split_whitespace() {
            let both: Vec<char> = pair.chars().collect();
            assert_eq!(form(both[0]), both[1], "{pair}");
        }
        for stays in "喆淼堃鑫燊垚犇䶮〇肖萧闫阎付傅戴代余佘芸弁浜予欠俱著覆画划伟".chars()
        {
            assert_eq!(form(stays), stays, "{stays}");
        }
    }

    #[test]
    fn every_form_stands_for_itself_and_nothing_is_listed_twice() {
        let mut seen = HashSet::new();
        let mut targets = HashSet::new();
        for line in include_str!("../../data/hanzi.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            let to = chars.next().unwrap();
            assert!(targets.insert(to), "{to} begins two lines");
            for from in chars {
                assert!((from as usize) < END);
                assert!(seen.insert(from), "{from} is listed twice");
            }
        }
        assert!(seen.len() > 6000, "{}", seen.len());
        for to in &targets {
            assert_eq!(form(*to), *to, "{to} is folded further");
        }
    }
}
