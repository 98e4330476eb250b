//! Places as sheets write them (山东省青岛市市北区), read part by part: no place is compared or printed by cutting
//! words off, for 市北区 begins with the word for a city.

/// The provinces by their short names.
const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
];

/// Provinces that are cities themselves.
const MUNICIPALITIES: [&str; 4] = ["北京", "天津", "上海", "重庆"];

/// What may follow the short name of a province.
const PROVINCE_ENDS: [&str; 7] =
    ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];

/// The cities of Hubei, and what stands beside them there.
const HUBEI: [&str; 17] = [
    "武汉",
    "鄂州",
    "黄冈",
    "孝感",
    "荆州",
    "荆门",
    "襄阳",
    "宜昌",
    "十堰",
    "黄石",
    "随州",
    "咸宁",
    "恩施",
    "仙桃",
    "潜江",
    "天门",
    "神农架",
];

/// What makes the name before it that of a street.
const STREETS: [&str; 14] =
    ["路", "街", "道", "巷", "大街", "大道", "东路", "西路", "南路", "北路", "中路", "支路", "一路", "二路"];

/// Areas that are called new and are districts all the same.
const NEW_DISTRICTS: [&str; 2] = ["浦东新", "滨海新"];

/// A city that another took in, and as what: 莱芜 is of 济南 since 2019.
const TAKEN_IN: [(&str, &str, &[&str]); 1] = [("莱芜", "济南", &["莱芜", "钢城"])];

/// A district by the name it had, and by the one it has.
const RENAMED: [(&str, &str); 1] = [("莱城", "莱芜")];

/// A development area, and the counties it lies in.
const ZONES: [(&str, &[&str]); 1] = [("雄安新", &["雄", "安新", "容城"])];

/// How large a part of a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Province,
    City,
    District,
    /// A development area (雄安新区): it lies across districts and is none.
    Zone,
    /// A street, a house; a name without the word that says what it is.
    Rest,
}

/// One part of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part<'a> {
    level: Level,
    /// Where it begins.
    at: usize,
    /// Without the word that says what it is: 青岛 of 青岛市.
    name: &'a str,
}

/// A place in its parts, the largest first.
fn parts(place: &str) -> Vec<Part<'_>> {
    let mut out: Vec<Part<'_>> = Vec::new();
    let mut at = 0;
    if let Some((name, len)) = province(place) {
        out.push(Part { level: Level::Province, at, name: &place[..name] });
        at = len;
        // 北京市北京市朝阳区: the city has the province's name.
        if MUNICIPALITIES.contains(&&place[..name])
            && let Some((_, again)) =
                province(&place[at..]).filter(|(len, _)| place[at..at + len] == place[..name])
        {
            at += again;
        }
    }
    while at < place.len() {
        let below_city = out.iter().any(|part| part.level == Level::City);
        let (level, name, len) = next(&place[at..], below_city);
        let name = &place[at..at + name];
        let renamed = RENAMED.iter().find(|(old, _)| level == Level::District && *old == name);
        out.push(Part { level, at, name: renamed.map_or(name, |(_, new)| new) });
        at += len;
    }
    out
}

/// How long the name of the province is with which a place begins, and how long with the word behind it.
fn province(place: &str) -> Option<(usize, usize)> {
    let name = PROVINCES.iter().find(|name| place.starts_with(**name))?;
    let after = &place[name.len()..];
    if is_street(after) {
        return None;
    }
    let end = PROVINCE_ENDS.iter().find(|end| after.starts_with(**end)).map_or("", |end| *end);
    // 吉林市 is a city of 吉林省.
    let is_city = end == "市" && !MUNICIPALITIES.contains(name);
    (!is_city).then_some((name.len(), name.len() + end.len()))
}

/// The first part of what is left: its level, how long its name is, and how long all of it.
fn next(text: &str, below_city: bool) -> (Level, usize, usize) {
    for (at, c) in text.char_indices() {
        let (name, after) = (&text[..at], &text[at + c.len_utf8()..]);
        // The word stands behind a name: 市北区 is no city.
        if name.is_empty() {
            continue;
        }
        let end = at + c.len_utf8();
        let own = name.trim_end_matches("自治").len();
        match c {
            // 青岛市北区 is 市北区 of 青岛: no district is called 北区.
            '市' if ["北区", "南区", "中区"].iter().any(|side| after.starts_with(side)) => {
                return (Level::City, at, at);
            }
            '市' if below_city => return (Level::District, at, end),
            '市' | '盟' => return (Level::City, at, end),
            '州' if name.ends_with("自治") => return (Level::City, own, end),
            '区' if name.ends_with('地') => return (Level::City, at - '地'.len_utf8(), end),
            '区' if is_zone(name) => return (Level::Zone, at, end),
            '区' if !is_inner(name) => return (Level::District, at, end),
            '县' | '旗' => return (Level::District, own, end),
            _ => {}
        }
    }
    (Level::Rest, text.len(), text.len())
}

/// Whether 区 behind it makes a development area: 新区, 高新区, 开发区.
fn is_zone(name: &str) -> bool {
    ["新", "开发", "保税"].iter().any(|word| name.ends_with(word))
        && !NEW_DISTRICTS.iter().any(|district| name.ends_with(district))
}

/// Whether a text begins with the name of a province, as the place does that a call comes from.
pub(super) fn begins_with_province(text: &str) -> bool {
    province(text).is_some() || PROVINCES.iter().any(|name| text.starts_with(name))
}

/// Whether 区 behind it makes no district of a city: 小区, 校区, 社区 …
fn is_inner(name: &str) -> bool {
    ["小", "校", "社", "园", "宿舍", "生活", "家属"].iter().any(|word| name.ends_with(word))
}

fn is_street(after: &str) -> bool {
    STREETS.iter().any(|word| after.starts_with(word))
}

fn name_of<'a>(parts: &[Part<'a>], level: Level) -> Option<&'a str> {
    parts.iter().find(|part| part.level == level).map(|part| part.name)
}

/// Whether two places can be one: part by part, as far as both say it. Two forms may ask to different depths.
pub fn same(one: &str, other: &str) -> bool {
    // Nearly everybody is where they were.
    if one == other {
        return true;
    }
    let plain = |place: &str| place.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (one, other) = (plain(one), plain(other));
    let (a, b) = (parts(&one), parts(&other));
    let differ = |level: Level| match (name_of(&a, level), name_of(&b, level)) {
        (Some(one), Some(other)) if level == Level::City => {
            one != other && !is_within(one, &b) && !is_within(other, &a)
        }
        (Some(one), Some(other)) => one != other && !is_with_city(one, &b) && !is_with_city(other, &a),
        _ => false,
    };
    if [Level::Province, Level::City, Level::District].into_iter().any(differ)
        || !zone_fits(&a, &b)
        || !zone_fits(&b, &a)
    {
        return false;
    }
    match (name_of(&a, Level::Rest), name_of(&b, Level::Rest)) {
        (Some(one), Some(other)) => one.starts_with(other) || other.starts_with(one),
        (Some(loose), None) => fits(loose, &a, &b),
        (None, Some(loose)) => fits(loose, &b, &a),
        (None, None) => true,
    }
}

/// 莱西市 beside 青岛市莱西市, 莱芜市 beside 济南市莱芜区: the city is a district of the other's.
fn is_within(city: &str, other: &[Part<'_>]) -> bool {
    let (above, district) = (name_of(other, Level::City), name_of(other, Level::District));
    let taken_in = |(old, into, districts): &(&str, &str, &[&str])| {
        *old == city && above == Some(*into) && district.is_some_and(|name| districts.contains(&name))
    };
    district == Some(city) || TAKEN_IN.iter().any(taken_in)
}

/// Whether the development area of one place, if it names one, does not speak against the other.
fn zone_fits(own: &[Part<'_>], other: &[Part<'_>]) -> bool {
    let Some(zone) = name_of(own, Level::Zone) else { return true };
    if let Some(other) = name_of(other, Level::Zone) {
        return zone.ends_with(other) || other.ends_with(zone);
    }
    let within = |(name, counties): &(&str, &[&str])| {
        zone == *name && name_of(other, Level::District).is_some_and(|county| counties.contains(&county))
    };
    own.iter().any(|part| part.level == Level::Province) || ZONES.iter().any(within) || fits(zone, own, other)
}

/// 青岛黄岛区 beside 青岛市黄岛区: the city stands there without its word.
fn is_with_city(district: &str, other: &[Part<'_>]) -> bool {
    let (city, name) = (name_of(other, Level::City), name_of(other, Level::District));
    city.zip(name).is_some_and(|(city, name)| district.strip_prefix(city) == Some(name))
}

/// Whether what one place says without saying what it is (青岛; a street) does not speak against the other.
fn fits(loose: &str, own: &[Part<'_>], other: &[Part<'_>]) -> bool {
    let is_settled =
        |parts: &[Part<'_>]| parts.iter().any(|p| matches!(p.level, Level::City | Level::District));
    is_settled(own) || !is_settled(other) || other.iter().any(|part| loose.starts_with(part.name))
}

/// Two places without the parts that both begin with: the province, and the city, tell nothing then. What is left are
/// whole parts, and never nothing.
pub fn apart<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let (a, b) = (parts(one), parts(other));
    let alike = a.iter().zip(&b).take_while(|(a, b)| (a.level, a.name) == (b.level, b.name)).count();
    match (a.get(alike), b.get(alike)) {
        (Some(from_a), Some(from_b)) => (&one[from_a.at..], &other[from_b.at..]),
        _ => (one, other),
    }
}

/// Whether a place as written is in Hubei. A street that is called after a city there is not.
pub fn in_hubei(place: &str) -> bool {
    // Of a hundred thousand rows hardly one names any of them.
    if !HUBEI.iter().chain(&["湖北"]).any(|name| place.contains(name)) {
        return false;
    }
    let all = parts(place.trim());
    let province = name_of(&all, Level::Province);
    all.iter().any(|part| match part.level {
        Level::Province => part.name == "湖北",
        Level::City | Level::District | Level::Zone => {
            province.is_none_or(|name| name == "湖北") && HUBEI.iter().any(|name| part.name.starts_with(name))
        }
        // 天门 alone is a gate in many places.
        Level::Rest => HUBEI.iter().filter(|name| **name != "天门").chain(&["湖北", "天门市"]).any(|name| {
            part.name.match_indices(*name).any(|(at, _)| !is_street(&part.name[at + name.len()..]))
        }),
    })
}

/// All that decides which places are in Hubei, apart from the code.
#[cfg(test)]
pub fn judged_by() -> String {
    format!("{PROVINCES:?} {MUNICIPALITIES:?} {PROVINCE_ENDS:?} {HUBEI:?} {STREETS:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(place: &str) -> Vec<(Level, &str)> {
        parts(place).into_iter().map(|part| (part.level, part.name)).collect()
    }

    #[test]
    fn a_place_is_read_part_by_part() {
        use Level::{City, District, Province, Rest};
        assert_eq!(read("山东省青岛市市北区"), [(Province, "山东"), (City, "青岛"), (District, "市北")]);
        assert_eq!(read("市北区"), [(District, "市北")]);
        assert_eq!(read("青岛市北区"), [(City, "青岛"), (District, "市北")]);
        assert_eq!(read("北京市朝阳区"), [(Province, "北京"), (District, "朝阳")]);
        assert_eq!(read("北京市北京市朝阳区"), [(Province, "北京"), (District, "朝阳")]);
        assert_eq!(read("吉林省吉林市"), [(Province, "吉林"), (City, "吉林")]);
        assert_eq!(read("湖北黄冈"), [(Province, "湖北"), (Rest, "黄冈")]);
        assert_eq!(
            read("湖北省恩施土家族苗族自治州恩施市"),
            [(Province, "湖北"), (City, "恩施土家族苗族"), (District, "恩施")]
        );
        assert_eq!(
            read("新疆维吾尔自治区喀什地区疏附县"),
            [(Province, "新疆"), (City, "喀什"), (District, "疏附")]
        );
        assert_eq!(
            read("青岛市黄岛区学苑小区 3 号楼"),
            [(City, "青岛"), (District, "黄岛"), (Rest, "学苑小区 3 号楼")]
        );
        assert_eq!(read("香港中路 10 号"), [(Rest, "香港中路 10 号")]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn two_depths_of_one_place_are_one_place() {
        for (one, other) in [
            ("青岛市", "青岛市市北区"),
            ("市北区", "青岛市市北区"),
            ("青岛市北区", "山东省青岛市市北区"),
            ("市北区", "青岛市"),
            ("山东省青岛市", "山东青岛"),
            ("青岛", "山东省青岛市黄岛区"),
            ("青岛黄岛区", "青岛市黄岛区"),
            ("山东省", "山东省青岛市"),
            ("青岛市 黄岛区", "青岛市黄岛区"),
            ("北京市", "北京市朝阳区"),
            ("青岛市黄岛区", "青岛市黄岛区学苑路 3 号"),
        ] {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("青岛市市北区", "青岛市市南区"),
            ("市北区", "市南区"),
            ("青岛市", "烟台市"),
            ("山东烟台", "山东省青岛市"),
            ("武汉", "青岛市"),
            ("山东省青岛市", "湖北省武汉市"),
            ("吉林省吉林市", "吉林省长春市"),
            ("青岛市黄岛区学苑路", "青岛市黄岛区漓江路"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn a_district_is_what_it_is_today_and_keeps_every_word_of_its_name() {
        use Level::{City, District, Province, Rest, Zone};
        assert_eq!(read("市南区"), [(District, "市南")]);
        assert_eq!(read("河北省雄安新区"), [(Province, "河北"), (Zone, "雄安新")]);
        assert_eq!(read("河北省雄安新区容城县"), [(Province, "河北"), (Zone, "雄安新"), (District, "容城")]);
        assert_eq!(read("上海市浦东新区"), [(Province, "上海"), (District, "浦东新")]);
        assert_eq!(read("天津滨海新区"), [(Province, "天津"), (District, "滨海新")]);
        assert_eq!(read("济南市高新区"), [(City, "济南"), (Zone, "高新")]);
        assert_eq!(
            read("青岛市黄岛区开发区路"),
            [(City, "青岛"), (District, "黄岛"), (Zone, "开发"), (Rest, "路")]
        );
        for (one, other) in [
            ("莱芜区", "济南市莱芜区"),
            ("山东省莱芜市", "山东省济南市莱芜区"),
            ("莱芜市莱城区", "济南市莱芜区"),
            ("莱芜市钢城区", "济南市钢城区"),
            ("莱西市", "青岛市莱西市"),
            ("即墨市", "青岛市即墨区"),
            ("恩施市", "湖北省恩施土家族苗族自治州恩施市"),
            ("雄安新区", "河北省雄安新区容城县"),
            ("雄安新区", "保定市容城县"),
            ("河北省雄安新区", "河北省保定市安新县"),
            ("青岛西海岸新区", "青岛市黄岛区"),
            ("济南市高新区", "济南市历下区"),
        ] {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("市北区", "市南区"),
            ("莱芜区", "济南市历下区"),
            ("莱芜市", "济南市历下区"),
            ("莱西市", "青岛市即墨区"),
            ("雄安新区", "青岛市黄岛区"),
            ("河北省雄安新区", "山东省青岛市"),
            ("上海市浦东新区", "上海市徐汇区"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn what_both_begin_with_is_left_out_in_whole_parts() {
        assert_eq!(apart("青岛市市北区", "青岛市市南区"), ("市北区", "市南区"));
        assert_eq!(apart("青岛市市北区", "青岛市黄岛区"), ("市北区", "黄岛区"));
        assert_eq!(apart("山东省青岛市黄岛区", "山东省烟台市"), ("青岛市黄岛区", "烟台市"));
        assert_eq!(apart("青岛市", "青岛市黄岛区"), ("青岛市", "青岛市黄岛区"), "never nothing");
        assert_eq!(apart("湖北省武汉市", "山东省青岛市"), ("湖北省武汉市", "山东省青岛市"));
    }

    #[test]
    fn a_street_called_after_a_city_is_not_in_it() {
        for place in
            ["湖北省武汉市", "湖北黄冈", "武汉", "黄石市", "仙桃市", "经济南到武汉", "湖北省神农架林区"]
        {
            assert!(in_hubei(place), "{place}");
        }
        for place in
            ["青岛市市南区湖北路 29 号", "湖北路 29 号", "青岛市武汉路", "山东省青岛市黄岛区", "市北区", ""]
        {
            assert!(!in_hubei(place), "{place}");
        }
    }
}
