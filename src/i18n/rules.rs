//! What is wrong with a rules file.

use crate::domain::rules::Fault;
use crate::error::Error;

crate::words! {
    /// The file is not TOML, or not of this shape.
    not_rules(line, text): "规则文件第 {line} 行写法有误：{text}", "The rules file is not well formed in line {line}: {text}";
    /// A rule lacks or has a wrong value.
    bad_rule(id, field): "规则 {id} 的 {field} 缺少或不对", "rule {id}: {field} is missing or wrong";
    /// Two rules with one id.
    same_id(id): "有两条规则都叫 {id}", "two rules are called {id}";
    /// What to do about it.
    MEND: "请改正规则文件，或删去以恢复默认", "Mend the rules file, or remove it to go back to the built-in rules";
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::file(match fault {
            Fault::Malformed(line, text) => not_rules(line, text),
            Fault::Field { id, field } => bad_rule(id, field),
            Fault::SameId(id) => same_id(id),
        })
        .hint(MEND)
    }
}
