//! The press as a whole: papers laid out, written, and read again. The look itself is judged by eye:
//! `cargo test --lib press_tests -- --ignored` writes pages into the folder named by `ZHIBAN_LOOK`.

use super::block::{Align, Block, Look, Mark, Sheet, Span, Table};
use super::chart::{Chart, ChartKind, Series};
use super::fonts::{Fonts, Role};
use super::layout::layout;
use super::flow::Part;
use super::shape::{Shaper, is_closing, is_opening};
use super::{Paper, PaperKind, pdf, preview};
use crate::i18n::Lang;
use proptest::prelude::*;
use std::sync::OnceLock;

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::carried().unwrap())
}

fn spans(text: &str) -> Vec<Span> {
    // Every second part between asterisks stands out.
    let parts = text.split('*').enumerate();
    parts.filter(|(_, text)| !text.is_empty()).map(|(n, text)| Span { text: text.into(), bold: n % 2 == 1 }).collect()
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
    }
}

fn paper(look: Sheet, blocks: Vec<Block>) -> Paper {
    Paper {
        kind: PaperKind::Handover,
        lang: Lang::Zh,
        title: "值班交接单".into(),
        look,
        blocks,
        sheets: Vec::new(),
        json: serde_json::Value::Null,
        warning: None,
    }
}

fn chart(kind: ChartKind, rows: usize) -> Block {
    let value = |row: usize, day: usize| match (row * 7 + day * 5) % 11 {
        0 if day > 3 => None,
        n => Some((n + day / 2 + row) as f64),
    };
    let names = ["体温异常", "境外返校", "密切接触", "居家观察", "校医院留观"];
    let series = (0..rows).map(|row| Series {
        name: names[row].into(),
        values: (0..14).map(|day| value(row, day)).collect(),
    });
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
                ["已联系，体温正常，明日 8:00 再报；家属陪同，无其他症状。", "*未接通*", "居家观察第 9 天"][n % 3].to_owned(),
            ]
        })
        .collect();
    let right = [Align::Right, Align::Left, Align::Left, Align::Right, Align::Left];
    let mut calls = table(&["姓名", "电话", "结果", "记事"], &[], &[]);
    calls.rows = people.iter().map(|name| [*name, "138****0000", "☐ 已通 ☐ 未通", ""].map(spans).to_vec()).collect();
    calls.shares = vec![2, 2, 3, 5];
    calls.lines = 2;
    let blocks = vec![
        Block::Title(spans("值班交接单")),
        Block::Para(Align::Center, spans("2020 年 2 月 17 日 08:00 至 2 月 18 日 08:00")),
        para("本班应报 41 个单位，已报 39 个，完整率 95.1%；*未报 2 个*（医学部、外国语学院）。在册重点关注 46 人，较昨日 +3；今日解除 2 人，体温 37.3℃ 及以上者 1 人。收到“关于返校学生健康监测的补充通知”（教防〔2020〕12 号），已转各单位；英文邮件 from the International Office (contact: registry@example.edu) 亦已回复。"),
        Block::Heading(1, spans("一、未了事项")),
        Block::Item(Mark::Box(false), spans("*医学部*日报未报，承诺 11:00 前补报；联系人已换，新号码见通讯录。")),
        Block::Item(Mark::Box(true), spans("张䶮体温 37.5℃，已送校医院，等待结果；结果出来以后先告诉值班领导，再通知其所在学院的辅导员和同宿舍的三位同学，并登记。")),
        Block::Item(Mark::Number(1), spans("第一项")),
        Block::Item(Mark::Number(12), spans("第十二项，编号有两位数字，悬挂缩进应当对齐到正文而不是对齐到编号，换行以后也是如此。")),
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
        Block::Small(spans("日志校验码：7f3a-19c0-55de。核对：zhiban check --head 7f3a19c055de。本单不含个人电话与证件号码。")),
        Block::Sign(vec![("交班人".into(), "欧阳𠮷祥".into()), ("接班人".into(), "李㛃".into())]),
        Block::Para(Align::Right, spans("2020 年 2 月 18 日")),
    ];
    let official = look == Look::Official;
    let red_head = if official { "示范大学疫情防控办公室文件".into() } else { String::new() };
    let foot = if official { String::new() } else { "示范大学疫情防控办公室 · 值班交接单 · 日志 7f3a-19c0".into() };
    paper(Sheet { look, red_head, wide: false, foot }, blocks)
}

#[test]
#[ignore = "writes pages to be looked at"]
fn look() {
    let folder = std::env::var_os("ZHIBAN_LOOK").map_or_else(std::env::temp_dir, Into::into);
    for (name, look) in [("working", Look::Working), ("official", Look::Official)] {
        let bytes = pdf::pdf(&rich(look), fonts()).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
    }
}
