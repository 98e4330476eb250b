//! The press as a whole: papers laid out, written, and read again. The look itself is judged by eye:
//! `cargo test --lib press_tests -- --ignored` writes pages into the folder named by `ZHIBAN_LOOK`.

use super::block::{Align, Block, Look, Mark, Sheet, Span, Table};
use super::chart::{Chart, ChartKind, Series};
use super::flow::Part;
use super::fonts::{Fonts, Role};
use super::glyphs::printable;
use super::layout::layout;
use super::shape::{Shaper, is_closing, is_opening};
use super::{Paper, PaperKind, pdf, preview};
use crate::say::Lang;
use proptest::prelude::*;
use std::sync::OnceLock;

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::carried().unwrap())
}

fn spans(text: &str) -> Vec<Span> {
    // Every second part between asterisks stands out.
    let parts = text.split('*').enumerate();
    parts
        .filter(|(_, text)| !text.is_empty())
        .map(|(n, text)| Span { text: text.into(), bold: n % 2 == 1 })
        .collect()
}

fn para(text: &str) -> Block {
    Block::Para(Align::Left, spans(text))
}

fn table(head: &[&str], align: &[Align], rows: &[Vec<String>]) -> Table {
    Table {
        head: head.iter().map(|cell| spans(cell)).collect(),
        align: align.to_vec(),
        rows: rows.iter().map(|row| row.iter().map(|cell| spans(cell)).collect()).collect(),
        shares: Vec::new(),
        lines: 1,
        join: 0,
    }
}

fn paper(look: Sheet, blocks: Vec<Block>) -> Paper {
    Paper {
        kind: PaperKind::Handover,
        lang: Lang::Zh,
        subject: None,
        title: "值班交接单".into(),
        look,
        blocks,
        sheets: Vec::new(),
        json: serde_json::Value::Null,
        cut: None,
        warning: None,
    }
}

fn chart(kind: ChartKind, rows: usize) -> Block {
    let value = |row: usize, day: usize| match (row * 7 + day * 5) % 11 {
        0 if day > 3 => None,
        n => Some((n + day / 2 + row) as f64),
    };
    let names = ["体温异常", "境外返校", "密切接触", "居家观察", "校医院留观"];
    let series = (0..rows)
        .map(|row| Series { name: names[row].into(), values: (0..14).map(|day| value(row, day)).collect() });
    Block::Chart(Chart {
        name: "trend".into(),
        title: "近 14 日变化（每日 24 时）".into(),
        kind,
        labels: (0..14).map(|day| format!("2-{:02}", day + 4)).collect(),
        series: series.collect(),
    })
}

/// A paper with everything on it.
fn rich(look: Look) -> Paper {
    let people = ["欧阳𠮷祥", "张䶮", "李㛃", "王喆", "赵堃", "陳犇", "阿依古丽·买买提", "赟某"];
    let rows: Vec<Vec<String>> = (0..46)
        .map(|n| {
            vec![
                format!("{}", n + 1),
                people[n % people.len()].to_owned(),
                ["计算机科学与技术学院", "医学部", "数学系"][n % 3].to_owned(),
                format!("{:.1}", 36.2 + (n % 17) as f32 / 10.0),
                ["已联系，体温正常，明日 8:00 再报；家属陪同，无其他症状。", "*未接通*", "居家观察第 9 天"]
                    [n % 3]
                    .to_owned(),
            ]
        })
        .collect();
    let right = [Align::Right, Align::Left, Align::Left, Align::Right, Align::Left];
    let mut calls = table(&["姓名", "电话", "结果", "记事"], &[], &[]);
    calls.rows =
        people.iter().map(|name| [*name, "138 0000 0000", "☐ 已通 ☐ 未通", ""].map(spans).to_vec()).collect();
    calls.shares = vec![2, 2, 3, 5];
    calls.lines = 2;
    let blocks = vec![
        Block::Title(spans("值班交接单")),
        Block::Para(Align::Center, spans("2020 年 2 月 17 日 08:00 至 2 月 18 日 08:00")),
        para(
            "本班应报 41 个单位，已报 39 个，完整率 95.1%；*未报 2 个*（医学部、外国语学院）。在册重点关注 46 人，较昨日 +3；今日解除 2 人，体温 37.3℃ 及以上者 1 人。收到“关于返校学生健康监测的补充通知”（教防〔2020〕12 号），已转各单位；英文邮件 from the International Office (contact: registry@example.edu) 亦已回复。",
        ),
        Block::Heading(1, spans("一、未了事项")),
        Block::Item(
            Mark::Box(false),
            spans("*医学部*日报未报，承诺 11:00 前补报；联系人已换，新号码见通讯录。"),
        ),
        Block::Item(
            Mark::Box(true),
            spans(
                "张䶮体温 37.5℃，已送校医院，等待结果；结果出来以后先告诉值班领导，再通知其所在学院的辅导员和同宿舍的三位同学，并登记。",
            ),
        ),
        Block::Item(Mark::Number(1), spans("第一项")),
        Block::Item(
            Mark::Number(12),
            spans("第十二项，编号有两位数字，悬挂缩进应当对齐到正文而不是对齐到编号，换行以后也是如此。"),
        ),
        Block::Item(Mark::Dot, spans("圆点")),
        Block::Heading(1, spans("二、数字")),
        Block::Heading(2, spans("（一）名单")),
        Block::Table(table(&["序号", "姓名", "单位", "体温（℃）", "情况"], &right, &rows)),
        Block::Heading(2, spans("（二）趋势")),
        chart(ChartKind::Lines, 3),
        chart(ChartKind::Bars, 2),
        chart(ChartKind::Heat, 5),
        Block::Heading(1, spans("三、电话")),
        Block::Table(calls),
        Block::Room(4),
        Block::Rule,
        Block::Small(spans(
            "日志校验码：7f3a-19c0-55de。核对：zhiban check --head 7f3a19c055de。本单不含个人电话与证件号码。",
        )),
        Block::Sign(vec![("交班人".into(), "欧阳𠮷祥".into()), ("接班人".into(), "李㛃".into())]),
        Block::Para(Align::Right, spans("2020 年 2 月 18 日")),
    ];
    let official = look == Look::Official;
    let red_head = if official { "示范大学疫情防控办公室文件".into() } else { String::new() };
    let foot = if official {
        String::new()
    } else {
        "示范大学疫情防控办公室 · 值班交接单 · 日志 7f3a-19c0".into()
    };
    paper(Sheet { look, red_head, foot, ..Sheet::default() }, blocks)
}

#[test]
#[ignore = "writes pages to be looked at"]
fn look() {
    let folder = std::env::var_os("ZHIBAN_LOOK").map_or_else(std::env::temp_dir, Into::into);
    for (name, look) in [("working", Look::Working), ("official", Look::Official)] {
        let bytes = pdf::pdf(&rich(look), fonts()).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
    }
    let mut wide = rich(Look::Working);
    wide.look.wide = true;
    std::fs::write(folder.join("wide.pdf"), pdf::pdf(&wide, fonts()).unwrap()).unwrap();
}

/// Text as rosters and notes have it: Chinese, figures, Latin words, marks of all kinds.
fn words() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        4 => "[一-龥]{1,6}",
        2 => "[，。；：？！、”）》…—（《“]{1,2}",
        1 => "[0-9]{1,5}[℃%人天]?",
        1 => "[A-Za-z]{1,30}",
        1 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => "[𠮷䶮㛃]{1,2}",
    ];
    proptest::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_fit_and_keep_all_of_the_text(text in words(), width in 6.0_f32..40.0) {
        let mut shaper = Shaper::new(fonts());
        let shaped = shaper.text(Role::Body, &text).unwrap();
        let mut at = 0;
        for line in shaped.lines(width, width) {
            prop_assert!(line.width <= width + 0.01, "{line:?}");
            let bytes = shaped.bytes(&line);
            prop_assert!(shaped.text[at..bytes.start].chars().all(char::is_whitespace));
            at = bytes.end;
        }
        prop_assert!(shaped.text[at..].trim().is_empty());
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text in words(), width in 6.0_f32..40.0) {
        let mut shaper = Shaper::new(fonts());
        let shaped = shaper.text(Role::Body, &text).unwrap();
        let lines: Vec<_> = shaped.lines(width, width).iter().map(|line| shaped.bytes(line)).collect();
        for pair in lines.windows(2) {
            let (before, after) = (&shaped.text[pair[0].clone()], &shaped.text[pair[1].clone()]);
            // What the author put at the head of a line stays there; nothing but marks has no good place to be cut.
            let marks = |text: &str| text.chars().all(|c| is_closing(c) || is_opening(c) || "—… ".contains(c));
            if shaped.text[pair[0].end..pair[1].start].contains('\n') || marks(before) || marks(after) {
                continue;
            }
            prop_assert!(!after.starts_with(is_closing), "{before:?} {after:?}");
            prop_assert!(!before.ends_with(is_opening), "{before:?} {after:?}");
        }
    }

    #[test]
    fn every_row_stands_once_in_order_whole_and_under_its_head(
        rows in proptest::collection::vec((words(), words()), 1..40),
        before in 0_usize..40,
    ) {
        let cells: Vec<Vec<String>> = rows.into_iter().map(|(a, b)| vec![a, b]).collect();
        let mut blocks: Vec<Block> = (0..before).map(|_| para("一行")).collect();
        blocks.push(Block::Heading(1, spans("名单")));
        blocks.push(Block::Table(table(&["姓名头", "情况"], &[], &cells)));
        let paper = paper(Sheet::default(), blocks);
        let laid = layout(&paper, fonts()).unwrap();
        let mut next = 0;
        for page in &laid.pages {
            let slice = page.slices.iter().find(|slice| slice.block == before + 1);
            let Some(slice) = slice else { continue };
            let Part::Rows(rows) = &slice.part else { panic!("{slice:?}") };
            prop_assert!(rows.start == next, "{rows:?} after {next}");
            next = rows.end;
            prop_assert_eq!(said(page).matches("姓名头").count(), 1);
        }
        prop_assert_eq!(next, cells.len());
        // The heading is never parted from its table.
        let last = |page: &super::flow::Page| page.slices.last().map(|slice| slice.block);
        prop_assert!(laid.pages.iter().all(|page| last(page) != Some(before)));
    }
}

/// The text on a page, in the order it is drawn.
fn said(page: &super::flow::Page) -> String {
    let mut out = String::new();
    for op in &page.ops {
        if let super::draw::Op::Text { text, line, .. } = op {
            out.push_str(&text.text[text.bytes(line)]);
            out.push('\n');
        }
    }
    out
}

fn pages(blocks: Vec<Block>) -> Vec<super::flow::Page> {
    layout(&paper(Sheet::default(), blocks), fonts()).unwrap().pages
}

#[test]
fn figures_stay_with_their_units_and_dashes_with_their_other_half() {
    let mut shaper = Shaper::new(fonts());
    for (text, whole) in
        [("体温37.5℃", "37.5℃"), ("今日新增 13 人", "13 人"), ("说明——如下", "——"), ("第12天", "第12天")]
    {
        for width in [4.0, 4.6, 5.2, 5.8, 6.4] {
            let shaped = shaper.text(Role::Body, text).unwrap();
            let lines: Vec<&str> =
                shaped.lines(width, width).iter().map(|line| &shaped.text[shaped.bytes(line)]).collect();
            assert!(lines.iter().any(|line| line.contains(whole)), "{width} {lines:?}");
        }
    }
}

#[test]
fn a_page_of_an_official_paper_holds_twenty_two_lines_of_twenty_eight_characters() {
    let look = Sheet { look: Look::Official, ..Sheet::default() };
    let laid = layout(&paper(look, vec![para(&"国".repeat(900))]), fonts()).unwrap();
    let lines: Vec<usize> = said(&laid.pages[0]).lines().map(|line| line.chars().count()).collect();
    // The first is set in, and the page's number follows.
    assert_eq!(lines[..3], [26, 28, 28], "{lines:?}");
    assert_eq!(lines.iter().filter(|count| **count >= 26).count(), 22);
}

#[test]
fn codes_dates_and_numbers_of_telephones_are_not_broken() {
    let mut shaper = Shaper::new(fonts());
    for (text, whole) in [
        ("日志校验码 1374-8ER0-65SY-RSF6-FK1J，核对", "1374-8ER0-65SY-RSF6-FK1J"),
        ("承诺于 2020-02-17 前报", "2020-02-17"),
        ("请打 0532-00008078 找邓海", "0532-00008078"),
        ("核对：zhiban check --head 12-ABCD", "--head"),
    ] {
        for width in [14.5, 15.0, 16.0, 18.0, 21.0] {
            let shaped = shaper.text(Role::Body, text).unwrap();
            let lines: Vec<&str> =
                shaped.lines(width, width).iter().map(|line| &shaped.text[shaped.bytes(line)]).collect();
            assert!(lines.iter().any(|line| line.contains(whole)), "{width} {lines:?}");
        }
    }
}

#[test]
fn marks_side_by_side_share_their_room_and_one_alone_keeps_it() {
    let mut shaper = Shaper::new(fonts());
    let mut wide = |text: &str| shaper.text(Role::Body, text).unwrap().width();
    for (text, ems) in
        [("），", 1.0), ("甲），乙", 3.0), ("甲，乙", 3.0), ("甲”）。“乙", 4.0), ("（甲）", 3.0)]
    {
        assert!((wide(text) - ems).abs() < 0.01, "{text}: {}", wide(text));
    }
}

#[test]
fn between_chinese_and_figures_the_same_gap_stands_everywhere() {
    for (gap, more) in [(0.0, 0.0), (0.09, 0.18)] {
        let mut shaper = Shaper::spaced(fonts(), Some(gap));
        let mut wide = |text: &str| shaper.text(Role::Body, text).unwrap().width();
        let plain = wide("共人") + wide("60");
        for text in ["共60人", "共 60 人", "共60 人"] {
            assert!((wide(text) - plain - more).abs() < 0.01, "{text}: {}", wide(text));
        }
        // Between two Chinese words, and between two Latin ones, a blank stays one; and the text is what it was.
        assert!((wide("共 人") - wide("共人")) > 0.2 && wide("a b") - wide("ab") > 0.2);
        let shaped = shaper.text(Role::Body, "共 60 人").unwrap();
        assert_eq!(&shaped.text[shaped.bytes(&shaped.line())], "共 60 人");
    }
    let mut shaper = Shaper::new(fonts());
    let mut wide = |text: &str| shaper.text(Role::Body, text).unwrap().width();
    assert!(wide("共 60") > wide("共60"), "English keeps its blanks");
}

#[test]
fn the_signature_is_whole_and_takes_along_what_stands_before_it() {
    let sign = Block::Sign(vec![("交班人".into(), "李㛃".into()), ("接班人".into(), String::new())]);
    for (before, headed) in (1..90).flat_map(|before| [(before, false), (before, true)]) {
        let mut blocks: Vec<Block> = (0..before).map(|_| para("一行")).collect();
        if headed {
            blocks.push(Block::Heading(1, spans("签字")));
        }
        let place = blocks.len();
        blocks.push(sign.clone());
        let pages = pages(blocks);
        let of_sign = |page: &&super::flow::Page| page.slices.iter().any(|slice| slice.block == place);
        let with: Vec<_> = pages.iter().filter(of_sign).collect();
        assert_eq!(with.len(), 1, "{before}");
        // Under its heading, too, it does not stand alone.
        assert!(with[0].slices.len() > 1 + usize::from(headed), "{before}");
    }
}

#[test]
fn no_single_line_of_a_paragraph_stands_alone() {
    for before in 30..50 {
        let mut blocks: Vec<Block> = (0..before).map(|_| para("一行")).collect();
        blocks.push(para(&"这一段有好几行，哪一行都不单独留在页首或页尾。".repeat(10)));
        for page in pages(blocks) {
            let lines = said(&page).lines().filter(|line| line.chars().count() > 12).count();
            assert_ne!(lines, 1, "{before}");
        }
    }
}

#[test]
fn a_row_that_no_page_holds_is_divided_and_all_of_it_printed() {
    let long = "字".repeat(9_000);
    let paper =
        paper(Sheet::default(), vec![Block::Table(table(&["甲", "乙"], &[], &[vec!["一".into(), long]]))]);
    let laid = layout(&paper, fonts()).unwrap();
    assert!(laid.pages.len() > 2);
    assert_eq!(laid.pages.iter().map(|page| said(page).matches('字').count()).sum::<usize>(), 9_000);
}

#[test]
fn a_character_without_a_font_is_printed_as_its_code_with_a_note_under_the_paper() {
    let people =
        Block::Table(table(&["姓名"], &[], &[vec!["王\u{2fffd}明".into()], vec!["李\u{e863}".into()]]));
    let blocks = vec![
        people,
        para("*张\u{2fffd}*与 王伟"),
        Block::Sign(vec![("交班人".into(), "赵\u{f0001}".into())]),
        Block::Chart(Chart {
            name: "units".into(),
            title: "图".into(),
            kind: ChartKind::Bars,
            labels: vec!["甲\u{2fffd}".into()],
            series: vec![Series { name: "乙".into(), values: vec![Some(1.0)] }],
        }),
    ];
    let sent = paper(Sheet { foot: "办公室\u{2fffd}".into(), ..Sheet::default() }, blocks);
    assert!(pdf::pdf(&sent, fonts()).is_ok(), "no character stops a paper");
    let printed = printable(&sent, fonts());
    let laid = layout(&printed, fonts()).unwrap();
    let text: String = laid.pages.iter().map(said).collect();
    for shown in
        ["王〔U+2FFFD〕明", "李〔U+E863〕", "张〔U+2FFFD〕", "赵〔U+F0001〕", "甲〔U+2FFFD〕", "王伟"]
    {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    // One note for all of them, under the paper; in the preview too, which shows the same.
    let Some(Block::Small(note)) = printed.blocks.last() else { panic!("no note") };
    let note = super::block::plain(note);
    assert!(note.contains("〔U+2FFFD〕、〔U+E863〕、〔U+F0001〕"), "{note}");
    let pages = preview::pages(&printed, fonts()).unwrap();
    let last = pages.last().unwrap().blocks(&printed);
    assert!(matches!(last.last(), Some(Block::Small(spans)) if super::block::plain(spans) == note));
    // What can be drawn has none, and stays as it is.
    let plain = paper(Sheet::default(), vec![para("王伟 𠮷 ☐ ⟨U+202E⟩")]);
    assert_eq!(printable(&plain, fonts()).blocks, plain.blocks);
}

#[test]
fn the_same_paper_gives_the_same_bytes_small_and_without_persons_or_times_beside_the_pages() {
    let bytes = pdf::pdf(&rich(Look::Working), fonts()).unwrap();
    assert_eq!(bytes, pdf::pdf(&rich(Look::Working), &Fonts::carried().unwrap()).unwrap());
    assert!(bytes.len() < 300_000, "{}", bytes.len());
    let text = pdf::unpacked(&bytes);
    assert!(text.contains("/Lang(zh-CN)") || text.contains("/Lang (zh-CN)"), "no language");
    for word in
        ["/CreationDate", "/ModDate", "/Author", "/Creator", "xmp:CreateDate", "dc:creator", "pdf:Producer"]
    {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_preview_shows_what_is_printed_page_by_page() {
    let rich = rich(Look::Official);
    let laid = layout(&rich, fonts()).unwrap();
    let shown = preview::pages(&rich, fonts()).unwrap();
    assert_eq!(laid.pages.len(), shown.len());
    let squeeze = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut cells = 0;
    for (page, shown) in laid.pages.iter().zip(&shown) {
        let printed = squeeze(&said(page));
        for block in shown.blocks(&rich) {
            let words: Vec<String> = match &block {
                Block::Title(spans)
                | Block::Heading(_, spans)
                | Block::Para(_, spans)
                | Block::Item(_, spans) => {
                    vec![super::block::plain(spans)]
                }
                Block::Table(table) => table
                    .rows
                    .iter()
                    .chain([&table.head])
                    .flatten()
                    .map(|cell| super::block::plain(cell))
                    .collect(),
                _ => Vec::new(),
            };
            cells += words.len();
            for words in words {
                assert!(printed.contains(&squeeze(&words)), "page {}: {words}", shown.number);
            }
        }
    }
    // Every block and every row was shown once, the heads as often as they were printed.
    assert!(cells > 46 * 5 + 8 * 4, "{cells}");
}

#[test]
fn papers_at_the_edge_of_what_there_is_are_laid_out() {
    let empty = Table::default();
    let wide = table(&["一二三四五六七八"; 30], &[], &[vec!["abcdefghijklmnop".into(); 30]]);
    let long = Sheet {
        foot: "很长的页脚".repeat(40),
        red_head: "很长的红头".repeat(20),
        number: "长".repeat(60),
        signer: "长".repeat(60),
        ..Sheet::default()
    };
    let nothing = Chart {
        name: String::new(),
        title: String::new(),
        kind: ChartKind::Lines,
        labels: Vec::new(),
        series: Vec::new(),
    };
    for look in [Look::Working, Look::Official] {
        for blocks in [
            Vec::new(),
            vec![Block::Break, Block::Break],
            vec![Block::Table(empty.clone()), Block::Table(wide.clone())],
            vec![
                Block::Sign(Vec::new()),
                Block::Room(0),
                Block::Room(200),
                para(""),
                Block::Title(Vec::new()),
            ],
            [ChartKind::Lines, ChartKind::Bars, ChartKind::Heat]
                .map(|kind| Block::Chart(Chart { kind, ..nothing.clone() }))
                .to_vec(),
        ] {
            let bytes = pdf::pdf(&paper(Sheet { look, ..long.clone() }, blocks), fonts()).unwrap();
            assert!(bytes.starts_with(b"%PDF"));
        }
    }
}
