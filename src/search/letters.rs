//! Latin letters with marks, and the plain letters they are compared as.

/// A plain letter, then the letters that are folded to it. `ü` is `v`, as it is typed for pinyin.
///
/// Source: decompositions of the Unicode Character Database (Unicode License v3); letters that have none by hand.
pub(super) const LETTERS: &[(char, &str)] = &[
    ('a', "ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧȺḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ"),
    ('b', "ƀɃḂḃḄḅḆḇ"),
    ('c', "ÇçĆćĈĉĊċČčḈḉ"),
    ('d', "ÐðĎďĐđƉɖɗḊḋḌḍḎḏḐḑḒḓ"),
    ('e', "ÈÉÊËèéêëĒēĔĕĖėĘęĚěƏȄȅȆȇȨȩəɛḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ"),
    ('f', "Ḟḟ"),
    ('g', "ĜĝĞğĠġĢģǤǥǦǧǴǵɠḠḡ"),
    ('h', "ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖ"),
    ('i', "ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊị"),
    ('j', "Ĵĵǰ"),
    ('k', "ĶķĸƘƙǨǩḰḱḲḳḴḵ"),
    ('l', "ĹĺĻļĽľĿŀŁłƚȽḶḷḸḹḺḻḼḽ"),
    ('m', "ḾḿṀṁṂṃ"),
    ('n', "ÑñŃńŅņŇňŉŊŋƞǸǹṄṅṆṇṈṉṊṋ"),
    ('o', "ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ"),
    ('p', "ṔṕṖṗ"),
    ('r', "ŔŕŖŗŘřȐȑȒȓɌɍṘṙṚṛṜṝṞṟ"),
    ('s', "ŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩ"),
    ('t', "ŢţŤťŦŧȚțȾṪṫṬṭṮṯṰṱẗ"),
    ('u', "ÙÚÛùúûŨũŪūŬŭŮůŰűŲųƯưǓǔȔȕȖȗɄʉṲṳṴṵṶṷṸṹỤụỦủỨứỪừỬửỮữỰự"),
    ('v', "ÜüǕǖǗǘǙǚǛǜṼṽṾṿ"),
    ('w', "ŴŵẀẁẂẃẄẅẆẇẈẉẘ"),
    ('x', "ẊẋẌẍ"),
    ('y', "ÝýÿŶŷŸƳƴȲȳɎɏẎẏẙỲỳỴỵỶỷỸỹ"),
    ('z', "ŹźŻżŽžƵƶẐẑẒẓẔẕ"),
];

/// A letter that is compared as several.
pub(super) fn several(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ĳ' | 'Ĳ' => "ij",
        'Ⅰ' | 'ⅰ' => "i",
        'Ⅱ' | 'ⅱ' => "ii",
        'Ⅲ' | 'ⅲ' => "iii",
        'Ⅳ' | 'ⅳ' => "iv",
        'Ⅴ' | 'ⅴ' => "v",
        'Ⅵ' | 'ⅵ' => "vi",
        '①' => "1",
        '②' => "2",
        '③' => "3",
        '④' => "4",
        '⑤' => "5",
        '⑥' => "6",
        _ => return None,
    })
}

/// How a letter of a foreign name is also written by those who do not have it: `Müller` is *Muller* or *Mueller*.
pub(super) fn also(c: char) -> &'static [&'static str] {
    match c {
        'ü' => &["u", "ue"],
        'ö' | 'ø' => &["oe"],
        'ä' => &["ae"],
        'å' => &["aa"],
        _ => &[],
    }
}
