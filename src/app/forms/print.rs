//! On which printer, and how. It is no act: the runtime prints, and says so.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::Wrong;
use crate::i18n::{keys, paper as say};
use crate::paper::print::{Job, MOST_COPIES, Printers, Sides};
use crate::say::{Say, Word};
use crate::store::act::Act;

/// Prints the paper of this token.
#[derive(Debug)]
pub(super) struct Print(u64);

impl Part for Print {
    /// Who may only read may print.
    fn is_recorded(&self) -> bool {
        false
    }

    fn enter(&self) -> Option<Word> {
        Some(keys::PRINT)
    }
}

impl Acts for Print {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    /// Sends it off; it is over when what it says can be printed.
    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(officer) = desk.need_officer() else { return true };
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return true };
        let typed = form.value("copies").parse::<u16>().ok();
        let Some(copies) = typed.filter(|copies| (1..=MOST_COPIES).contains(copies)) else {
            form.error = Some(say::BAD_COPIES.into());
            form.focus_on("copies");
            return true;
        };
        let sides = Sides::from_code(&form.value("sides")).unwrap_or(Sides::AsSet);
        let job = Job { printer: form.value("printer"), copies, sides };
        desk.layers.pop();
        desk.tell(Tone::Info, say::sending_to(&job.printer));
        fx.push(Effect::PrintPaper { token: self.0, officer, job });
        true
    }
}

/// The form for a paper: the printers there are, and how it was printed last.
pub(in crate::app) fn form(token: u64, title: &str, printers: &Printers, last: &Job) -> Form {
    let is_default = |name: &str| printers.default.as_deref() == Some(name);
    let place = |name: &str| printers.all.iter().position(|printer| printer.name == name);
    let at = place(&last.printer).or_else(|| place(printers.default.as_deref()?)).unwrap_or(0);
    let choices = printers.all.iter().map(|printer| {
        let mut state = Say::from(printer.state.word());
        if let Some(reason) = printer.reason() {
            state.zh = format!("{}：{}", state.zh, reason.zh);
            state.en = format!("{}: {}", state.en, reason.en);
        }
        let mark = if is_default(&printer.name) { "*" } else { "" };
        let line = |state: &str| format!("{}{mark} ({state})", printer.name);
        Choice::new(&printer.name, Say { zh: line(&state.zh), en: line(&state.en) })
    });
    let sides = [(Sides::AsSet, say::AS_SET), (Sides::One, say::ONE_SIDED), (Sides::Two, say::TWO_SIDED)];
    let chosen = sides.iter().position(|(sides, _)| *sides == last.sides).unwrap_or(0);
    let sides = sides.iter().map(|(sides, word)| Choice::new(sides.code(), *word)).collect();
    let fields = vec![
        Field::choice("printer", say::PRINTER, choices.collect(), at),
        Field::line("copies", say::COPIES, &last.copies.to_string()),
        Field::choice("sides", say::SIDES, sides, chosen),
    ];
    Form::of(Print(token), say::print_title(title), fields)
}
