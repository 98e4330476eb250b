//! Readings: surnames, rare characters, and the keys made of them.

use super::*;

/// The characters of 通用规范汉字表 (the 8,105 of 2013) that stand in extensions B to E.
const STANDARD_RARE: &str = "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰\
    𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭\
    𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡\
    𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬\
    𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓";

/// The likely readings of a surname before 明: one list a character.
fn likely(surname: &str) -> Vec<Vec<String>> {
    let name: Vec<char> = format!("{surname}明").chars().collect();
    let mut all = sounds(Tables::builtin(), &name);
    all.pop();
    all.into_iter().map(|sound| sound.readings[..sound.likely].to_vec()).collect()
}

#[test]
fn surnames_are_read_as_surnames() {
    let usual = "单shan 解xie 仇qiu 曾zeng 查zha 盖ge 区ou 朴piao 乐yue 员yun 任ren 华hua 纪ji 宁ning 燕yan 应ying \
        冼xian 洗xian 逄pang 佴nai 郇xun 郗xi 瞿qu 黑he 折she 牟mu 哈ha 那na 过guo 车che 祭zhai 宓mi 秘bi 缪miao \
        繁po 覃qin 召shao 卜bu 幺yao 么yao 隗wei 阚kan 郝hao 都du 句gou 勾gou 曲qu 褚chu 晁chao 炅gui 妫gui 昝zan \
        亓qi 佘she 厍she 逯lu 缑gou 麴qu 禚zhuo 郄qie 盛sheng 种chong 重chong 翟zhai 薄bo 柏bai 贲ben 贾jia 葛ge \
        观guan 占zhan 仝tong 藏zang 臧zang 於yu 尉wei 蔚yu 谌chen 沈shen 石shi 睢sui 訾zi 肖xiao 粘nian 能nai \
        乜nie 库she 莘shen 钭tou 镡tan 颉xie 鬲ge 行xing 幸xing 貟yun 贠yun 泊bo 吕lv 單shan 區ou 葉ye";
    for entry in usual.split_whitespace() {
        let (surname, reading) = entry.split_at(entry.chars().next().unwrap().len_utf8());
        assert_eq!(likely(surname)[0][0], reading, "{surname}");
    }
    let usual = "尉迟yu-chi 万俟mo-qi 单于chan-yu 澹台tan-tai 长孙zhang-sun 鲜于xian-yu 尉遲yu-chi 萬俟mo-qi 闾丘lv-qiu \
        子车zi-ju 乐正yue-zheng 拓跋tuo-ba 夹谷jia-gu 宰父zai-fu 谷梁gu-liang 皇甫huang-fu 令狐ling-hu 独孤du-gu";
    for entry in usual.split_whitespace() {
        let at = entry.find(|c: char| c.is_ascii()).unwrap();
        let spelt: Vec<String> = likely(&entry[..at]).into_iter().map(|all| all[0].clone()).collect();
        assert_eq!(spelt.join("-"), entry[at..], "{entry}");
    }
}

#[test]
fn where_families_disagree_both_are_likely() {
    for (surname, both) in [
        ("盖", ["ge", "gai"]),
        ("隗", ["wei", "kui"]),
        ("覃", ["qin", "tan"]),
        ("郇", ["xun", "huan"]),
        ("牟", ["mu", "mou"]),
        ("乐", ["yue", "le"]),
    ] {
        assert_eq!(likely(surname)[0], both, "{surname}");
    }
}

#[test]
fn every_reading_of_a_surname_finds_it() {
    for name in ["单雄信", "单于明", "万俟明", "长孙明", "尉迟明", "乐正明", "令狐明"] {
        let name: Vec<char> = name.chars().collect();
        let sounds = sounds(Tables::builtin(), &name);
        for (sound, c) in sounds.iter().zip(&name) {
            for reading in readings(Tables::builtin(), *c) {
                assert!(sound.readings.contains(&reading), "{c} {reading}");
            }
        }
        // 单 alone is shan, also where 单于 is likelier.
        let single = surname_by(Tables::builtin(), name[0]);
        assert!(single.readings.iter().all(|reading| sounds[0].readings.contains(reading)));
    }
}

#[test]
fn rare_characters_have_readings() {
    assert_eq!(STANDARD_RARE.chars().count(), 196);
    for c in STANDARD_RARE.chars().chain("㛃䶮龑垚犇猋骉喆淼堃燊𫪂𪠽〇\u{e863}".chars()) {
        let readings = readings(Tables::builtin(), c);
        assert!(!readings.is_empty(), "{c} U+{:X}", c as u32);
        assert!(readings.iter().all(|r| super::super::syllables::is_syllable(r)), "{c} {readings:?}");
    }
}

#[test]
fn a_written_form_keeps_its_own_reading() {
    assert!(keys("李乾").starts_with("liqian ligan"));
    assert!(keys("李干").starts_with("ligan "));
    assert!(keys("李干").contains("liqian"));
    assert_eq!(given('乾').written, '干');
    assert!(keys("單雄信").starts_with("shanxiongxin"));
    assert!(keys("髙峯").starts_with("gaofeng"));
}

#[test]
fn the_office_s_own_readings_come_first() {
    let own =
        Tables::read(Some("[single]\n\"曾\" = [\"ceng\"]\n"), None, Some("[readings]\nkun = \"堃𡋾\"\n"))
            .unwrap();
    assert_eq!(surname_by(&own, '曾').readings, ["ceng", "zeng"]);
    assert_eq!(given_by(&own, '𡋾').readings, ["kun"]);
    // What is kept in the database does not know them.
    assert!(keys("曾𡋾").starts_with("zeng𡋾"));
}

#[test]
fn keys_of_names() {
    assert_eq!(keys("张伟"), "zhangwei zw");
    // What was a reading once is no key: a filtered list has no place below all others for it.
    assert_eq!(keys("王宏"), "wanghong wh");
    assert_eq!(keys("汪芳"), "wangfang wf");
    assert!(!keys("吴董").contains("tun") && !keys("吴董").contains("zhong"));
    assert!(keys("曾国藩").starts_with("zengguofan cengguofan"));
    assert!(keys("单雄信").starts_with("shanxiongxin"));
    assert!(keys("欧阳修").starts_with("ouyangxiu"));
    assert!(keys("尉迟恭").starts_with("yuchigong"));
    assert!(keys("吕蒙").starts_with("lvmeng"));
    assert!(keys("吕蒙").contains("lyumeng"));
    assert_eq!(keys("John Li"), "johnli");
    assert_eq!(keys("張偉"), "zhangwei zw 张伟");
    assert_eq!(keys("阿不都·热合曼").split(' ').next_back(), Some("阿不都热合曼"));
    let muller = keys("Müller");
    for way in ["muller", "mueller", "mvller"] {
        assert!(muller.split(' ').any(|key| key == way), "{way}: {muller}");
    }
    assert_eq!(keys(""), "");
}

#[test]
fn a_name_of_many_readings_stays_short() {
    assert!(keys("乐乐乐乐重行长").split(' ').count() <= 2 * SPELLINGS);
}

/// Readings that only 现代汉语词典 has beside the two dictionaries of the test below.
const THIRD: [(char, &str); 6] =
    [('蓝', "la"), ('那', "ne"), ('那', "nai"), ('珩', "hang"), ('塔', "da"), ('已', "si")];

#[test]
fn readings_are_those_of_two_public_dictionaries() {
    let mut both: Vec<(char, &str)> = Vec::new();
    let mut one: Vec<(char, &str)> = Vec::new();
    let mut in_both = true;
    for line in
        include_str!("../../tests/data/readings-of-names.txt").lines().filter(|line| !line.starts_with('#'))
    {
        if line.starts_with('[') {
            in_both = line == "[both]";
            continue;
        }
        let (reading, chars) = line.split_at(line.find(|c: char| !c.is_ascii()).unwrap());
        let to = if in_both { &mut both } else { &mut one };
        to.extend(chars.chars().map(|c| (c, reading)));
    }
    assert!(both.len() > 1200 && both.contains(&('王', "wang")) && both.contains(&('㴔', "ji")));
    for (c, reading) in &both {
        assert!(readings(Tables::builtin(), *c).iter().any(|known| known == reading), "{c} lacks {reading}");
    }
    let known: std::collections::HashSet<(char, &str)> =
        both.iter().chain(&one).chain(&THIRD).copied().collect();
    // What stands in a table by hand has its own reasons: 干 for 乾.
    let by_hand = &Tables::builtin().further;
    for c in both.iter().map(|(c, _)| *c) {
        for reading in readings(Tables::builtin(), c) {
            let by_hand = by_hand.get(&c).is_some_and(|all| all.contains(&reading));
            assert!(by_hand || known.contains(&(c, reading.as_str())), "no dictionary reads {c} {reading}");
        }
    }
}

#[test]
fn words_are_spelt_in_pinyin_by_initials_and_by_both() {
    let whole = |words, typed| spells(words, typed) == Some(Spelt { from: 0, whole: true });
    for typed in ["beifen", "bf", "beif", "bfen", "BF", "ｂｆ"] {
        assert!(whole("备份", typed), "{typed}");
    }
    assert!(whole("重新显示", "cxxs") && whole("重新显示", "zhongxin xianshi") && whole("女", "nv"));
    assert!(whole("中文/English", "zwenglish"));
    assert_eq!(spells("立即备份", "bf"), Some(Spelt { from: 2, whole: false }));
    assert_eq!(spells("备份文件", "beifen"), Some(Spelt { from: 0, whole: false }));
    for nothing in ["", "fb", "bfx", "eifen", "备", "b1"] {
        assert_eq!(spells("备份", nothing), None, "{nothing}");
    }
}
