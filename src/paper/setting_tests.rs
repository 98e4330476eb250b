//! How a page is set: figures of pictures, who is written to, what is read at one glance.

use super::block::{Align, Block, Issued, Look, Mark, Sheet, Span, Table};
use super::chart::{Chart, ChartKind, Series};
use super::draw::Op;
use super::fonts::{Fonts, Role};
use super::layout::layout;
use super::shape::Shaper;
use super::{Paper, PaperKind};
use crate::say::Lang;

fn paper(look: Look, blocks: Vec<Block>) -> Paper {
    Paper {
        kind: PaperKind::Release,
        lang: Lang::Zh,
        subject: None,
        title: String::new(),
        look: Sheet { look, ..Sheet::default() },
        blocks,
        sheets: Vec::new(),
        json: serde_json::Value::Null,
        cut: None,
        warning: None,
    }
}

/// Every text on the pages with its box: left, top, right, base line.
fn boxes(paper: &Paper) -> Vec<(String, [f32; 4])> {
    let laid = layout(paper, &Fonts::carried().unwrap()).unwrap();
    let ops = laid.pages.into_iter().flat_map(|page| page.ops);
    ops.filter_map(|op| match op {
        Op::Text { x, y, text, line, size, .. } => {
            let words = text.text[text.bytes(&line)].to_owned();
            Some((words, [x, y - size * 0.74, x + line.width * size, y]))
        }
        Op::Path { .. } => None,
    })
    .collect()
}

#[test]
fn no_figure_of_a_picture_stands_on_another_or_on_a_label() {
    let days: Vec<String> = (4..18).map(|day| format!("02-{day:02}")).collect();
    let series = |of: &dyn Fn(usize) -> f64| Series {
        name: "现有".into(),
        values: (0..days.len()).map(|day| Some(of(day))).collect(),
    };
    let lines = vec![
        series(&|day| (day * 7 % 5) as f64),
        series(&|day| (day * 3 % 4) as f64),
        series(&|_| 0.0),
        series(&|day| f64::from(u8::from(day.is_multiple_of(3)))),
    ];
    let bars = vec![series(&|day| (100 + day) as f64), series(&|day| (101 + day) as f64)];
    for (kind, series) in [(ChartKind::Lines, lines), (ChartKind::Bars, bars)] {
        let (name, title) = ("trend".to_owned(), "走势".to_owned());
        let chart = Chart { name, title, kind, labels: days.clone(), series };
        let all = boxes(&paper(Look::Working, vec![Block::Chart(chart)]));
        assert!(all.len() > days.len(), "{kind:?}: figures stand there at all");
        for (at, (one, a)) in all.iter().enumerate() {
            for (other, b) in &all[at + 1..] {
                let wide = a[2].min(b[2]) - a[0].max(b[0]);
                let high = a[3].min(b[3]) - a[1].max(b[1]);
                assert!(wide <= 0.2 || high <= 0.2, "{kind:?}: {one} {a:?} on {other} {b:?}");
            }
        }
    }
}

#[test]
fn who_is_written_to_stands_at_the_left_edge_of_an_official_paper() {
    let blocks = vec![
        Block::Title(vec![Span::plain("解除通知")]),
        Block::Para(Align::Left, vec![Span::plain("土木与建筑工程学院：")]),
        Block::Para(Align::Left, vec![Span::plain("你单位张三自今日起解除观察，特此通知：")]),
    ];
    let left = |look: Look| {
        let all = boxes(&paper(look, blocks.clone()));
        let of = |begins: &str| all.iter().find(|(text, _)| text.starts_with(begins)).unwrap().1[0];
        (of("土木"), of("你单位"))
    };
    let (addressee, body) = left(Look::Official);
    assert!(body - addressee > 25.0, "two characters apart: {addressee} {body}");
    // A working paper has no addressee.
    let (first, second) = left(Look::Working);
    assert!((first - second).abs() < 0.1, "{first} {second}");
}

#[test]
fn formulas_and_names_in_brackets_stand_on_one_line() {
    let text = "应报 41 个单位，已报 38 个，完整率＝已报÷应报＝38÷41＝92.7%；及时率＝按时÷应报＝36÷41＝87.8%，\
                未报的是医学部（东校区）和外国语学院（临海校区），均已催报（王伟）。";
    let fonts = Fonts::carried().unwrap();
    let mut shaper = Shaper::new(&fonts);
    let shaped = shaper.text(Role::Body, text).unwrap();
    for width in 24_u8..60 {
        let width = f32::from(width);
        let lines = shaped.lines(width, width);
        let lines: Vec<&str> = lines.iter().map(|line| &shaped.text[shaped.bytes(line)]).collect();
        for whole in [
            "完整率＝已报÷应报＝38÷41＝92.7%",
            "及时率＝按时÷应报＝36÷41＝87.8%",
            "（东校区）",
            "（临海校区）",
            "（王伟）",
        ] {
            assert!(lines.iter().any(|line| line.contains(whole)), "{width} {whole}: {lines:?}");
        }
    }
}

fn line(text: &str) -> Block {
    Block::Para(Align::Left, vec![Span::plain(text)])
}

fn issued() -> Block {
    Block::Issued(Issued { by: "海岬大学".into(), day: "2020年2月17日".into(), sealed: false })
}

/// What stands on each page, by the numbers of its blocks.
fn blocks_of_pages(paper: &Paper) -> Vec<Vec<usize>> {
    let laid = layout(paper, &Fonts::carried().unwrap()).unwrap();
    laid.pages.iter().map(|page| page.slices.iter().map(|slice| slice.block).collect()).collect()
}

#[test]
fn the_check_line_stands_under_what_it_checks_and_no_sheet_holds_it_alone() {
    for look in [Look::Working, Look::Official] {
        for count in 10..46 {
            let mut blocks: Vec<Block> = (0..count).map(|_| line("一行")).collect();
            let sign = Block::Sign(vec![("值班员".into(), String::new())]);
            blocks.extend([issued(), sign, Block::Small(vec![Span::plain("截取时间，核对")])]);
            let pages = blocks_of_pages(&paper(look, blocks));
            let last = pages.last().unwrap();
            assert!(last.ends_with(&[count, count + 1, count + 2]), "{look:?} {count}: {last:?}");
        }
    }
}

#[test]
fn who_issues_a_paper_takes_lines_along() {
    let pages = |lines: usize| {
        let text = "国".repeat(28 * lines - 2);
        let paper = paper(Look::Official, vec![line(&text), issued()]);
        layout(&paper, &Fonts::carried().unwrap()).unwrap().pages
    };
    assert_eq!(pages(18).len(), 1);
    for lines in 20..32 {
        let pages = pages(lines);
        let first = &pages[1].runs[..pages[1].runs.len() - 2];
        assert!(pages.len() == 2 && first.len() >= 4, "{lines}: {}", first.len());
    }
}

#[test]
fn what_leads_in_stands_with_the_first_item_and_a_note_with_the_last_rows() {
    for count in 10..46 {
        let mut blocks: Vec<Block> = (0..count).map(|_| line("一行")).collect();
        let item = |text: &str| Block::Item(Mark::Dot, vec![Span::plain(text)]);
        blocks.extend([line("与此前所报不同："), item("现有 58"), item("新增 2")]);
        let pages = blocks_of_pages(&paper(Look::Working, blocks));
        let page = pages.iter().find(|page| page.contains(&count)).unwrap();
        assert!(page.contains(&(count + 1)), "{count}: {pages:?}");
    }
    for rows in 5..60 {
        let cell = |text: &str| vec![Span::plain(text)];
        let table = Table {
            head: vec![cell("单位"), cell("人数")],
            rows: (0..rows).map(|_| vec![cell("医学部"), cell("3")]).collect(),
            lines: 1,
            ..Table::default()
        };
        let note = Block::Small(cell("各行相加等于合计。"));
        let pages = blocks_of_pages(&paper(Look::Working, vec![Block::Table(table), note]));
        assert_eq!(pages.last().unwrap(), &[0, 1], "{rows}: {pages:?}");
    }
}

#[test]
fn numbers_of_papers_dates_and_names_stand_on_one_line_where_it_is_long_enough() {
    let text =
        "见 防控办〔2020〕14号 2020年2月17日 10时06分 于瑶、孙梅燕、李杰国 后勤保障处 李杰国 包保联系人";
    let fonts = Fonts::carried().unwrap();
    let mut shaper = Shaper::new(&fonts);
    let shaped = shaper.text(Role::Body, text).unwrap();
    for width in 20..60 {
        let width = width as f32 / 2.0;
        let lines = shaped.lines(width, width);
        let lines: Vec<&str> = lines.iter().map(|line| &shaped.text[shaped.bytes(line)]).collect();
        for whole in ["防控办〔2020〕14号", "2020年2月17日", "10时06分", "孙梅燕", "李杰国"]
        {
            let count = lines.iter().map(|line| line.matches(whole).count()).sum::<usize>();
            assert_eq!(count, text.matches(whole).count(), "{width} {whole}: {lines:?}");
        }
    }
    // Too narrow for all of it: it is broken where any text would be.
    let narrow: Vec<&str> =
        shaped.lines(5.0, 5.0).iter().map(|line| &shaped.text[shaped.bytes(line)]).collect();
    assert!(narrow.contains(&"〔2020〕"), "{narrow:?}");
}

#[test]
fn temperatures_have_one_decimal_on_the_axis_and_at_the_points() {
    let values = [36.0, 36.4, 38.0].map(Some).to_vec();
    let chart = Chart {
        name: "temperature".into(),
        title: "体温".into(),
        kind: ChartKind::Temperatures,
        labels: ["一", "二", "三"].map(String::from).to_vec(),
        series: vec![Series { name: "体温".into(), values }],
    };
    let all = boxes(&paper(Look::Working, vec![Block::Chart(chart)]));
    let figures: Vec<&String> =
        all.iter().map(|(text, _)| text).filter(|text| text.parse::<f32>().is_ok()).collect();
    assert!(figures.len() > 9 && figures.iter().all(|text| text.contains('.')), "{figures:?}");
}
