//! How a page is set: figures of pictures, who is written to, what is read at one glance.

use super::block::{Align, Block, Look, Sheet, Span};
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
