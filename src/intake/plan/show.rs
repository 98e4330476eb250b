//! A plan as lines for the command line and as JSON.

use super::ImportPlan;
use crate::domain::report::Round;
use crate::i18n::findings;
use crate::i18n::intake as words;
use crate::say::Lang;
use serde_json::{Value, json};

/// How many of each kind the preview lists; the counts are always whole.
const LISTED: usize = 20;

impl ImportPlan {
    /// The plan in words, one line each. The text holds what the sheet holds: the caller makes it safe to show.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let sheet = &self.import.sheet;
        let form = format!("{}-{}", sheet.form.name, sheet.form.version);
        let mut out = vec![words::plan_file(&sheet.file, form).get(lang).to_owned()];
        if let (Some(day), Some(round)) = (sheet.day, &sheet.round) {
            let one = *round == Round::default();
            let said = if one { words::plan_day(day) } else { words::plan_day_round(day, round) };
            out.push(said.get(lang).to_owned());
        }
        let counts = words::plan_counts(self.accepted, self.unchanged, self.rejected.len());
        out.push(counts.get(lang).to_owned());
        let units = self.new_units.iter().map(|(code, name)| format!("{code} {name}"));
        list(&mut out, words::PLAN_NEW_UNITS.get(lang), units, lang);
        let new = self.new.iter().map(|p| format!("{} {} {}", p.no, p.name, p.unit));
        list(&mut out, words::PLAN_NEW.get(lang), new, lang);
        let findings = self.findings.iter().map(|row| {
            format!("{} {} {} {}", row.no, row.name, row.unit, findings::all(&row.found).get(lang))
        });
        list(&mut out, findings::FINDINGS.get(lang), findings, lang);
        let fields = self.fields();
        let changed = self.changed.iter().map(|c| {
            let (field, old, new) = c.shown(&sheet.what, &fields);
            let (old, new) = (blank(old.get(lang)), blank(new.get(lang)));
            format!("{} {} {}: {old} → {new}", c.no, c.name, field.get(lang))
        });
        list(&mut out, words::PLAN_CHANGED.get(lang), changed, lang);
        for (title, people) in [(words::PLAN_DROPPED, &self.dropped), (words::PLAN_ADDED, &self.added)] {
            let people = people.iter().map(|p| format!("{} {} {}", p.no, p.name, p.unit));
            list(&mut out, title.get(lang), people, lang);
        }
        if !self.import.readings.is_empty() {
            let units = self.units.iter();
            let units = units.map(|u| words::unit_rows(&u.unit, u.rows, u.missing).get(lang).to_owned());
            list(&mut out, words::PLAN_UNITS.get(lang), units, lang);
        }
        let rejected = self.rejected.iter().map(|r| {
            let place = words::place(&r.sheet, r.row, &r.column, &r.value);
            format!("{} {}", place.get(lang), r.reason.get(lang))
        });
        list(&mut out, words::PLAN_REJECTED.get(lang), rejected, lang);
        let warnings = self.warnings.iter().map(|warning| warning.get(lang).to_owned());
        list(&mut out, words::PLAN_WARNINGS.get(lang), warnings, lang);
        out
    }

    /// The plan as JSON; the stable interface of `import --json`.
    pub fn json(&self, lang: Lang) -> Value {
        let rejected: Vec<Value> = self
            .rejected
            .iter()
            .map(|r| {
                json!({
                    "sheet": r.sheet, "row": r.row, "column": r.column, "value": r.value,
                    "code": r.code, "reason": r.reason.get(lang),
                })
            })
            .collect();
        let units: Vec<Value> =
            self.new_units.iter().map(|(code, name)| json!({ "code": code, "name": name })).collect();
        let warnings: Vec<&str> = self.warnings.iter().map(|warning| warning.get(lang)).collect();
        let findings: Vec<Value> = self
            .findings
            .iter()
            .map(|row| {
                let text = findings::all(&row.found);
                json!({
                    "no": row.no, "name": row.name, "unit": row.unit, "found": row.found, "text": text.get(lang),
                })
            })
            .collect();
        let sheet = &self.import.sheet;
        json!({
            "what": sheet.what,
            "file": sheet.file,
            "digest": sheet.digest,
            "form": format!("{}-{}", sheet.form.name, sheet.form.version),
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "unanswered": self.unanswered,
            "rejected": rejected,
            "new": self.new,
            "new_units": units,
            "changed": self.changed,
            "units": self.units,
            "warnings": warnings,
            "added": self.added,
            "dropped": self.dropped,
            "findings": findings,
        })
    }
}

fn blank(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}

fn list(out: &mut Vec<String>, title: &str, items: impl ExactSizeIterator<Item = String>, lang: Lang) {
    let count = items.len();
    if count == 0 {
        return;
    }
    out.push(format!("{title} ({count})"));
    out.extend(items.take(LISTED).map(|item| format!("  {item}")));
    if count > LISTED {
        out.push(format!("  {}", words::and_more(count - LISTED).get(lang)));
    }
}
