//! The reference as Markdown.

use super::{Part, Run, say};
use crate::say::Lang;

pub(super) fn page(parts: &[Part], lang: Lang) -> String {
    let mut lines =
        vec![format!("# {}", say::TITLE.get(lang)), String::new(), say::ORIGIN.get(lang).to_owned()];
    for part in parts {
        lines.push(String::new());
        match part {
            Part::Heading(depth, line) => {
                lines.push(format!("{} {}", "#".repeat(usize::from(*depth) + 1), inline(line, false)));
            }
            Part::Text(line) => lines.push(inline(line, false)),
            Part::Table(titles, rows) => {
                lines.push(format!("| {} |", titles.join(" | ")));
                lines.push(format!("|{}", "---|".repeat(titles.len())));
                lines.extend(rows.iter().map(|row| {
                    let cells: Vec<String> = row.iter().map(|cell| inline(cell, true)).collect();
                    format!("| {} |", cells.join(" | "))
                }));
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
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
