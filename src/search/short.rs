//! How units are called on the telephone: short forms of a full name by the rules of `data/unit_names.toml`.

use super::fold::fold;
use super::tables::Tables;

/// How many short forms of one name there are at most.
const FORMS: usize = 20;
/// The longest beginning that is kept before a short form: 江城 of 江城三中.
const BEFORE: usize = 4;
/// The mark of a number in a rule.
const NUMBER: &str = "{n}";
/// What a college is called, and how far behind its subject that may stand.
const COLLEGE: (&str, usize) = ("学院", 12);
/// What is cut from a beginning: 江城市 is 江城.
const AREAS: [char; 5] = ['市', '县', '区', '省', '镇'];

/// The rules, all folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitNames {
    /// What may be left out at the end, the longest first.
    endings: Vec<String>,
    /// Parts that make a short form of a college, the longest first.
    colleges: Vec<(String, Vec<String>)>,
    /// Parts and what is said for them, the longest first. May hold [`NUMBER`].
    parts: Vec<(String, Vec<String>)>,
}

/// A rule that fits: from where to where in the name, and the short forms.
struct Fit {
    start: usize,
    end: usize,
    short: Vec<String>,
}

/// The short forms a unit is found by besides its name, folded; the built-in and the office's own rules.
pub fn names(full: &str) -> Vec<String> {
    Tables::current().units.names(full)
}

impl UnitNames {
    /// Adds or replaces a part.
    pub(super) fn put_part(&mut self, part: &str, short: &[String]) {
        put(&mut self.parts, part, short);
    }

    /// Adds or replaces what makes the short form of a college.
    pub(super) fn put_college(&mut self, part: &str, short: &[String]) {
        put(&mut self.colleges, part, short);
    }

    /// Adds endings that may be left out.
    pub(super) fn cut(&mut self, endings: &[String]) {
        for ending in endings.iter().map(|ending| fold(ending)) {
            if !ending.is_empty() && !self.endings.contains(&ending) {
                self.endings.push(ending);
            }
        }
        self.endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    }

    /// The short forms of a full name, folded.
    pub fn names(&self, full: &str) -> Vec<String> {
        let full = fold(full);
        let mut out: Vec<String> = Vec::new();
        for fit in self.parts_in(&full).iter().chain(&self.colleges_in(&full)) {
            let rest = &full[fit.end..];
            let behind = self.behind(rest);
            let before = area(&full[..fit.start]);
            for short in &fit.short {
                out.push(format!("{short}{behind}"));
                if behind != rest {
                    // 计算机学院 and 后勤处 are said as often as 计算机 and 后勤.
                    out.push(format!("{short}{rest}"));
                }
                if !before.is_empty() && before.chars().count() <= BEFORE {
                    out.push(format!("{before}{short}{behind}"));
                }
            }
        }
        out.extend(self.without_ending(&full).map(str::to_owned));
        // 经管院, 生科院: what is said for a college, with the word for it.
        if let Some(subject) = full.strip_suffix(COLLEGE.0) {
            let short: Vec<String> =
                first_characters(subject).into_iter().chain(out.iter().cloned()).collect();
            for short in short.into_iter().filter(|short| short.chars().count() > 1) {
                if !short.ends_with('院') {
                    out.push(format!("{short}院"));
                }
                out.push(short);
            }
        }
        let mut kept: Vec<String> = Vec::new();
        for form in out {
            if form != full && form.chars().count() > 1 && !kept.contains(&form) && kept.len() < FORMS {
                kept.push(form);
            }
        }
        kept
    }

    /// The parts a name has; of two of which one lies inside the other, the longer.
    fn parts_in(&self, full: &str) -> Vec<Fit> {
        let mut fits: Vec<Fit> = Vec::new();
        for (part, short) in &self.parts {
            let Some((start, end, number)) = find(full, part) else { continue };
            if fits.iter().any(|other| start < other.end && other.start < end) {
                continue;
            }
            fits.push(Fit { start, end, short: short.iter().map(|s| s.replace(NUMBER, number)).collect() });
        }
        fits
    }

    /// The colleges a name is or has: the subject at its beginning, `学院` not far behind.
    fn colleges_in(&self, full: &str) -> Vec<Fit> {
        let (college, far) = COLLEGE;
        let mut fits: Vec<Fit> = Vec::new();
        // Of 国际教育 and 教育 the longer is meant.
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        for (part, short) in &self.colleges {
            let Some(start) = full.find(part.as_str()) else { continue };
            let rest = &full[start + part.len()..];
            let Some(at) = rest.find(college).filter(|at| rest[..*at].chars().count() <= far) else {
                continue;
            };
            // A part of one character is a college of its own only: 法学院, not 方法学院.
            let alone = part.chars().count() > 1 || (at == 0 && is_whole_before(&full[..start]));
            if alone && !taken.iter().any(|other| other.contains(&start)) {
                taken.push(start..start + part.len());
                let end = start + part.len() + at + college.len();
                fits.push(Fit { start, end, short: short.clone() });
            }
        }
        fits
    }

    /// What follows a part, without the ending it begins with: nothing behind a college, `2018级1班` behind a class.
    fn behind<'a>(&self, rest: &'a str) -> &'a str {
        self.endings.iter().find_map(|ending| rest.strip_prefix(ending.as_str())).unwrap_or(rest)
    }

    fn without_ending<'a>(&self, full: &'a str) -> Option<&'a str> {
        self.endings
            .iter()
            .find_map(|ending| full.strip_suffix(ending.as_str()))
            .filter(|rest| rest.chars().count() > 1)
    }
}

/// Of a subject of two parts the first character of each: 土建 for 土木与建筑 and for 土木建筑.
fn first_characters(subject: &str) -> Option<String> {
    let (one, two) = if let Some((one, two)) = subject.split_once(['与', '和', '及', '、']) {
        (one.chars().next()?, two.chars().next()?)
    } else {
        let chars: Vec<char> = subject.chars().collect();
        let [one, _, two, _] = chars[..] else { return None };
        (one, two)
    };
    (one != two).then(|| [one, two].iter().collect())
}

/// Adds or replaces an entry, keeping the longest first; an entry without short forms takes one away.
fn put(table: &mut Vec<(String, Vec<String>)>, part: &str, short: &[String]) {
    let part = part.split(NUMBER).map(fold).collect::<Vec<_>>().join(NUMBER);
    table.retain(|(other, _)| *other != part);
    if part.is_empty() || short.is_empty() {
        return;
    }
    let folded = |s: &String| s.split(NUMBER).map(fold).collect::<Vec<_>>().join(NUMBER);
    let at = table.partition_point(|(other, _)| other.len() >= part.len());
    table.insert(at, (part, short.iter().map(folded).collect()));
}

/// Where a part stands in a name, and the number in it.
fn find<'a>(full: &'a str, part: &str) -> Option<(usize, usize, &'a str)> {
    let Some((head, tail)) = part.split_once(NUMBER) else {
        return full.find(part).map(|at| (at, at + part.len(), ""));
    };
    full.match_indices(head).find_map(|(start, _)| {
        let rest = &full[start + head.len()..];
        let len = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
        (len > 0 && rest[len..].starts_with(tail))
            .then(|| (start, start + head.len() + len + tail.len(), &rest[..len]))
    })
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二两三四五六七八九十百".contains(c)
}

/// What stands before a part, without the word for an area.
fn area(before: &str) -> &str {
    before.strip_suffix(AREAS).filter(|rest| rest.chars().count() > 1).unwrap_or(before)
}

/// Whether a college may begin here: at the beginning, or behind the name of a school.
fn is_whole_before(before: &str) -> bool {
    before.is_empty() || before.ends_with("大学") || before.ends_with("学校")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(full: &str) -> Vec<String> {
        Tables::builtin().units.names(full)
    }

    #[test]
    fn units_as_they_are_called_on_the_telephone() {
        for (full, short) in [
            ("计算机科学与技术学院", "计算机 计科 计院 计算机院"),
            ("马克思主义学院", "马院"),
            ("外国语学院", "外院 外语 外国语"),
            ("土木工程学院", "土木 土院"),
            ("经济与管理学院", "经管 经院 经管院"),
            ("信息科学与工程学院", "信息 信工 信院"),
            ("电气工程学院", "电气 电院"),
            ("材料科学与工程学院", "材料 材院"),
            ("环境科学与工程学院", "环境 环院"),
            ("化学化工学院", "化工 化院"),
            ("数学与统计学院", "数统 数院"),
            ("物理学院", "物理 物院"),
            ("生命科学学院", "生科 生院 生科院"),
            ("法学院", "法院"),
            ("土木与建筑学院", "土建 土建院"),
            ("土木建筑学院", "土建"),
            ("经济管理学院", "经管 经管院"),
            ("机械电子学院", "机电 机电院"),
            ("材料科学学院", "材料科学院"),
            ("江城大学附属第二医院", "附二院"),
            ("附属医院", "附院"),
            ("党委办公室/校长办公室", "党办 校办 两办"),
            ("学生工作部（处）", "学工部 学工处 学工"),
            ("后勤管理处", "后勤 后勤管理"),
            ("国际教育学院", "国教 国交"),
            ("继续教育学院", "继教"),
            ("研究生院", "研院"),
            ("江城市第一小学", "一小 江城一小"),
            ("第103中学", "103中"),
            ("江城市实验中学", "实中 江城实中"),
            ("第三中学", "三中"),
            ("望海街道办事处", "街办 望海街道"),
            ("望海社区居民委员会", "望海社区 望海居委会"),
            ("江城市疾病预防控制中心", "疾控 江城疾控"),
            ("海岬理工大学", "理工"),
            ("計算機科學與技術學院", "计算机 计院"),
        ] {
            let found = names(full);
            for short in short.split(' ') {
                assert!(found.contains(&short.to_owned()), "{full}: {short} is not among {found:?}");
            }
        }
    }

    #[test]
    fn a_class_keeps_what_follows_its_subject() {
        let found = names("计算机科学与技术2018级1班");
        assert!(found.contains(&"计科2018级1班".to_owned()), "{found:?}");
        let found = names("土木工程学院2019级3班");
        assert!(found.contains(&"土木2019级3班".to_owned()), "{found:?}");
    }

    #[test]
    fn nothing_is_made_up() {
        assert!(names("王家村").is_empty());
        assert!(names("").is_empty());
        assert!(!names("方法学院").contains(&"法院".to_owned()));
        assert!(!names("科学部").contains(&"科".to_owned()));
        // The name itself is not its own short form.
        for full in ["图书馆", "后勤", "计算机科学与技术学院"] {
            assert!(!names(full).contains(&full.to_owned()), "{full}");
        }
        assert!(names("人民医院附属医院后勤保障保卫信息化学校校友计算机软件工程").len() <= FORMS);
    }

    #[test]
    fn an_entry_takes_the_place_of_another_or_takes_it_away() {
        let mut rules = UnitNames::default();
        rules.put_part("后勤管理", &["后勤".to_owned()]);
        rules.put_part("后勤管理", &["后管".to_owned()]);
        rules.cut(&["处".to_owned()]);
        assert_eq!(rules.names("后勤管理处"), ["后管", "后管处", "后勤管理"]);
        rules.put_part("后勤管理", &[]);
        assert_eq!(rules.names("后勤管理处"), ["后勤管理"]);
    }
}
