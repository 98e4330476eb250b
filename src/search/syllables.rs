//! The syllables of Mandarin, and how southern speakers confuse them.

/// Every syllable that a word may have, without tones, `ü` as `v`, in the order of the alphabet.
#[rustfmt::skip]
const SYLLABLES: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bian",
    "biao", "bie", "bin", "bing", "bo", "bu", "ca", "cai", "can", "cang", "cao", "ce", "cen", "ceng", "cha",
    "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong", "chou", "chu", "chua", "chuai",
    "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu", "cuan", "cui", "cun", "cuo", "da",
    "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia", "dian", "diao", "die", "ding",
    "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en", "eng", "er", "fa", "fan",
    "fang", "fei", "fen", "feng", "fo", "fou", "fu", "ga", "gai", "gan", "gang", "gao", "ge", "gei", "gen",
    "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui", "gun", "guo", "ha", "hai", "han",
    "hang", "hao", "he", "hei", "hen", "heng", "hong", "hou", "hu", "hua", "huai", "huan", "huang", "hui",
    "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie", "jin", "jing", "jiong", "jiu", "ju", "juan",
    "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke", "kei", "ken", "keng", "kong", "kou", "ku", "kua",
    "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la", "lai", "lan", "lang", "lao", "le", "lei", "leng",
    "li", "lia", "lian", "liang", "liao", "lie", "lin", "ling", "liu", "lo", "long", "lou", "lu", "luan",
    "lun", "luo", "lv", "lve", "ma", "mai", "man", "mang", "mao", "me", "mei", "men", "meng", "mi", "mian",
    "miao", "mie", "min", "ming", "miu", "mo", "mou", "mu", "na", "nai", "nan", "nang", "nao", "ne", "nei",
    "nen", "neng", "ni", "nian", "niang", "niao", "nie", "nin", "ning", "niu", "nong", "nou", "nu", "nuan",
    "nuo", "nv", "nve", "o", "ou", "pa", "pai", "pan", "pang", "pao", "pei", "pen", "peng", "pi", "pian",
    "piao", "pie", "pin", "ping", "po", "pou", "pu", "qi", "qia", "qian", "qiang", "qiao", "qie", "qin",
    "qing", "qiong", "qiu", "qu", "quan", "que", "qun", "ran", "rang", "rao", "re", "ren", "reng", "ri",
    "rong", "rou", "ru", "ruan", "rui", "run", "ruo", "sa", "sai", "san", "sang", "sao", "se", "sen",
    "seng", "sha", "shai", "shan", "shang", "shao", "she", "shei", "shen", "sheng", "shi", "shou", "shu",
    "shua", "shuai", "shuan", "shuang", "shui", "shun", "shuo", "si", "song", "sou", "su", "suan", "sui",
    "sun", "suo", "ta", "tai", "tan", "tang", "tao", "te", "tei", "teng", "ti", "tian", "tiao", "tie",
    "ting", "tong", "tou", "tu", "tuan", "tui", "tun", "tuo", "wa", "wai", "wan", "wang", "wei", "wen",
    "weng", "wo", "wu", "xi", "xia", "xian", "xiang", "xiao", "xie", "xin", "xing", "xiong", "xiu", "xu",
    "xuan", "xue", "xun", "ya", "yan", "yang", "yao", "ye", "yi", "yin", "ying", "yo", "yong", "you", "yu",
    "yuan", "yue", "yun", "za", "zai", "zan", "zang", "zao", "ze", "zei", "zen", "zeng", "zha", "zhai",
    "zhan", "zhang", "zhao", "zhe", "zhei", "zhen", "zheng", "zhi", "zhong", "zhou", "zhu", "zhua", "zhuai",
    "zhuan", "zhuang", "zhui", "zhun", "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui", "zun", "zuo",
];

/// Pairs of beginnings that are confused; the longer of a pair first.
const BEGINNINGS: [(&str, &str); 5] = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h")];

/// Pairs of endings that are confused; the longer of a pair first.
const ENDINGS: [(&str, &str); 3] = [("ang", "an"), ("eng", "en"), ("ing", "in")];

/// Whole syllables that are confused.
const ALIKE: [(&str, &str); 1] = [("huang", "wang")];

/// Every syllable that a word may have, without tones, `ü` as `v`, in the order of the alphabet.
pub fn syllables() -> &'static [&'static str] {
    SYLLABLES
}

/// Whether it is one.
pub fn is_syllable(reading: &str) -> bool {
    SYLLABLES.binary_search(&reading).is_ok()
}

/// The other syllables that a southern speaker may mean by this one: z/zh, c/ch, s/sh, n/l, f/h (*fei* and *hui*
/// too), an/ang, en/eng, in/ing, one of them or one at either end; huang/wang. Nothing for what is no syllable.
pub fn confused(reading: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if !is_syllable(reading) {
        return out;
    }
    // 黄 and 王 are one in many mouths.
    if let Some((_, other)) =
        ALIKE.iter().flat_map(|(a, b)| [(a, b), (b, a)]).find(|(one, _)| **one == reading)
    {
        out.push((*other).to_owned());
    }
    // One confusion is likelier than two.
    let begun = beginnings(reading);
    let ended = ending(reading);
    let both = begun.iter().filter_map(|other| ending(other));
    let both = both.chain(ended.iter().flat_map(|other| beginnings(other)));
    for other in begun.iter().cloned().chain(ended.clone()).chain(both) {
        if other != reading && is_syllable(&other) && !out.contains(&other) {
            out.push(other);
        }
    }
    out
}

fn beginnings(reading: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (long, short) in BEGINNINGS {
        if let Some(rest) = reading.strip_prefix(long) {
            out.push(format!("{short}{rest}"));
            break;
        }
        if let Some(rest) = reading.strip_prefix(short) {
            out.push(format!("{long}{rest}"));
            break;
        }
    }
    // The f of the north is hu before a vowel: fei and hui, fen and hun are one.
    let glide = |rest: &str| match rest {
        "ei" => "i".to_owned(),
        "en" => "n".to_owned(),
        _ => rest.to_owned(),
    };
    let back = |rest: &str| match rest {
        "i" => "ei".to_owned(),
        "n" => "en".to_owned(),
        _ => rest.to_owned(),
    };
    if let Some(rest) = reading.strip_prefix('f').filter(|rest| *rest != "u") {
        out.push(format!("hu{}", glide(rest)));
    }
    if let Some(rest) = reading.strip_prefix("hu").filter(|rest| !rest.is_empty()) {
        out.push(format!("f{}", back(rest)));
    }
    out
}

fn ending(reading: &str) -> Option<String> {
    ENDINGS.iter().find_map(|(long, short)| {
        let longer = reading.strip_suffix(long).map(|head| format!("{head}{short}"));
        longer.or_else(|| reading.strip_suffix(short).map(|head| format!("{head}{long}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syllables_are_in_order() {
        assert!(SYLLABLES.is_sorted());
        assert!((400..=415).contains(&SYLLABLES.len()), "{}", SYLLABLES.len());
    }

    #[test]
    fn southern_confusions() {
        let sorted = |reading: &str| {
            let mut all = confused(reading);
            all.sort();
            all
        };
        assert_eq!(sorted("zhang"), ["zan", "zang", "zhan"]);
        assert_eq!(sorted("si"), ["shi"]);
        assert_eq!(sorted("chen"), ["cen", "ceng", "cheng"]);
        assert_eq!(sorted("lin"), ["ling", "nin", "ning"]);
        assert_eq!(sorted("nv"), ["lv"]);
        assert_eq!(sorted("liu"), ["niu"]);
        assert_eq!(sorted("fu"), ["hu"]);
        assert_eq!(sorted("fei"), ["hei", "hui"]);
        assert_eq!(sorted("huang"), ["fan", "fang", "huan", "wang"]);
        assert_eq!(sorted("fen"), ["feng", "hen", "heng", "hun"]);
        assert_eq!(sorted("jing"), ["jin"]);
        assert_eq!(sorted("wan"), ["wang"]);
        assert_eq!(sorted("wang"), ["huang", "wan"]);
        assert!(confused("bo").is_empty());
        assert!(confused("xyz").is_empty());
    }

    #[test]
    fn a_confusion_goes_both_ways_and_is_a_syllable() {
        for reading in syllables() {
            for other in confused(reading) {
                assert!(is_syllable(&other), "{reading} {other}");
                assert!(confused(&other).iter().any(|back| back == reading), "{reading} {other}");
            }
        }
    }
}
