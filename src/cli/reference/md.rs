//! The reference as Markdown.

use super::{Part, Run, say};
use crate::say::Lang;

pub(super) fn page(parts: &[Part], lang: Lang) -> String {
    let mut out = format!("# {}\n\n{}\n", say::TITLE.get(lang), say::ORIGIN.get(lang));
    for part in parts {
        out.push('\n');
        match part {
            Part::Heading(depth, line) => {
                out.push_str(&"#".repeat(usize::from(*depth) + 1));
                out.push_str(&format!(" {}\n", inline(line, false)));
            }
            Part::Text(line) => out.push_str(&format!("{}\n", inline(line, false))),
            Part::Table(titles, rows) => {
                out.push_str(&format!("| {} |\n", titles.join(" | ")));
                out.push_str(&format!("|{}\n", "---|".repeat(titles.len())));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| inline(cell, true)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
            }
        }
    }
    out
}

fn inline(line: &[Run], in_cell: bool) -> String {
    let run = |run: &Run| match run {
        Run::Words(text) => text.replace('<', "\\<").replace('\n', " "),
        // What holds the mark itself stands between two.
        Run::Code(text) if text.contains('`') => format!("`` {text} ``"),
        Run::Code(text) => format!("`{text}`"),
    };
    let text: String = line.iter().map(run).collect();
    if in_cell { text.replace('|', "\\|") } else { text }
}
