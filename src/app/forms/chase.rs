//! The form of chasing: the message as it will be pasted, before anything is logged. A yes copies it and logs "message sent"
//! for each unit that it names, as one entry.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field, choices, no_yes, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Home, Layer, State};
use crate::app::shown::table::{List, RowId};
use crate::app::when::coming;
use crate::app::wrong::{Wrong, channel, wrong};
use crate::domain::chase::answer_by;
use crate::domain::followup::Channel;
use crate::domain::ids::UnitId;
use crate::domain::time::Ts;
use crate::i18n::chase as say;
use crate::paper::chase::{self, About, Ask, Message, Which};
use crate::say::{Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::{Chasing, UnitMatters};

/// By which ways a message is sent.
const WAYS: &[Channel] = &[Channel::Wechat, Channel::Qq, Channel::Sms, Channel::Other];

/// A message to units.
#[derive(Debug, Clone)]
pub(super) struct Chase {
    to: To,
    /// What it is made from, once that is known.
    seen: Option<Seen>,
    /// As it stands above the fields.
    message: Message,
}

/// To whom.
#[derive(Debug, Clone)]
enum To {
    /// The group of the liaisons.
    Group(Which),
    /// One of them.
    Unit(UnitId),
}

#[derive(Debug, Clone)]
enum Seen {
    Group(Box<Chasing>),
    Unit(Box<UnitMatters>),
}

impl Part for Chase {
    fn enter(&self) -> Option<Word> {
        Some(say::SURE)
    }
}

impl Acts for Chase {
    /// A contact with each unit that the message names.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        if self.seen.is_none() {
            return wrong("sure", say::MAKING);
        }
        if form.field("by").is_some() {
            asked_by(desk, form)?;
        }
        let drafts = self.message.drafts(channel(form), desk.lang);
        Ok(drafts.into_iter().map(Act::FollowUp).collect())
    }

    /// What it says follows what is chosen.
    fn typed(&self, desk: &mut State) {
        let now = desk.now;
        let Some(Layer::Form(form)) = desk.layers.last() else { return };
        let Some(seen) = &self.seen else { return };
        // An hour that cannot be read leaves what stands there.
        let by = if form.field("by").is_some() { asked_by(desk, form).ok() } else { None };
        let usual = answer_by(now, desk.calendar);
        let message = match (seen, &self.to) {
            (Seen::Group(chasing), To::Group(which)) => {
                let about = About::from_code(&form.value("about")).unwrap_or(About::All);
                chase::group(chasing, &Ask { about, which: which.clone(), by: by.unwrap_or(usual) })
            }
            (Seen::Unit(matters), _) => chase::unit(matters, by.unwrap_or(usual)),
            (Seen::Group(_), To::Unit(_)) => return,
        };
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
        form.about = lines(&message.text);
        let hint =
            if message.to.is_empty() { say::SURE_NOBODY.into() } else { say::sure_hint(message.to.len()) };
        if let Some(sure) = form.fields.iter_mut().find(|field| field.id == "sure") {
            sure.hint = hint;
        }
        form.is_now(Self { message, ..self.clone() });
    }

    /// A no leaves it; what names no unit is copied, and nothing is logged.
    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.last() else { return false };
        if form.value("sure") == "no" {
            desk.layers.pop();
            return true;
        }
        let nobody = self.seen.is_some() && self.message.to.is_empty();
        if nobody {
            desk.layers.pop();
            self.copy(desk, fx);
            desk.tell(Tone::Good, say::COPIED);
        }
        nobody
    }

    /// It is in the log: now it is on the clipboard, too.
    fn done(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        self.copy(desk, fx);
        if let Some(list) = desk.list_mut() {
            list.clear_marks();
        }
        desk.tell(Tone::Good, say::copied_logged(self.message.to.len()));
        true
    }
}

impl Chase {
    fn copy(&self, desk: &mut State, fx: &mut Vec<Effect>) {
        desk.copied = true;
        fx.push(Effect::Copy(self.message.text.get(desk.lang).to_owned()));
    }
}

/// By when what is owed is asked for, as the form says.
fn asked_by(desk: &State, form: &Form) -> Result<Ts, Wrong> {
    match coming(form.value("by").trim(), desk.now, desk.calendar) {
        Ok(Some(at)) if at > desk.now => Ok(at),
        Ok(Some(_)) => wrong("by", say::BY_PAST),
        Ok(None) => wrong("by", say::BY_HINT),
        Err(error) => wrong("by", error),
    }
}

fn lines(text: &Say) -> Vec<(Say, Mood)> {
    let both = text.zh.lines().zip(text.en.lines());
    both.map(|(zh, en)| (Say { zh: zh.to_owned(), en: en.to_owned() }, Mood::Plain)).collect()
}

/// Opens the message to the group: of the marked units, else of those that the list shows.
pub(super) fn open_group(desk: &mut State, fx: &mut Vec<Effect>) {
    let which = desk.chased();
    show(desk, say::TITLE_GROUP.into(), To::Group(which));
    desk.load(fx, Query::Chase);
}

/// Opens the message to the selected unit.
pub(super) fn open_unit(desk: &mut State, fx: &mut Vec<Effect>) {
    let units = desk.units();
    let [(unit, name)] = units.as_slice() else {
        return desk.tell(Tone::Warn, say::NO_UNIT);
    };
    let unit = *unit;
    show(desk, titled(say::TITLE_UNIT, &Say::same(name)), To::Unit(unit));
    desk.load(fx, Query::ChaseUnit(unit));
}

fn show(desk: &mut State, title: Say, to: To) {
    let fields = vec![
        Field::choice("channel", say::CHANNEL, choices(WAYS, Channel::code), 0),
        // Enter does it, as `y` does: it was read, and nothing leaves the machine by it.
        Field::choice("sure", say::SURE, no_yes(), 1),
    ];
    let mut form = Form::of(Chase { to, seen: None, message: Message::default() }, title, fields);
    form.about = vec![(say::MAKING.into(), Mood::Dim)];
    form.focus_on("sure");
    desk.show(form);
}

/// What a message to the group is about, in words.
fn about_word(about: About) -> Word {
    match about {
        About::All => say::WHICH_ALL,
        About::Owed => say::WHICH_OWED,
        About::Before => say::WHICH_BEFORE,
    }
}

impl State {
    /// The units that a message to the group is about.
    fn chased(&self) -> Which {
        let table = match self.home {
            Home::Board => &self.board.outstanding,
            _ => &self.tables.outstanding,
        };
        let of = |ids: Vec<RowId>| -> Vec<UnitId> {
            let unit = |id| if let RowId::Unit(unit) = id { Some(unit) } else { None };
            ids.into_iter().filter_map(unit).collect()
        };
        if table.has_marks() {
            return Which::Named(of(table.chosen()));
        }
        if table.filter().is_empty() {
            return Which::All;
        }
        Which::Among((0..table.len()).filter_map(|place| Some(table.row_at(place)?.id)).collect())
    }

    /// What the message to the group is made from has come.
    pub(in crate::app) fn take_chase(&mut self, chasing: Box<Chasing>) {
        self.chase_seen(Seen::Group(chasing));
    }

    /// What the message to a unit is made from has come.
    pub(in crate::app) fn take_chase_unit(&mut self, matters: Option<Box<UnitMatters>>) {
        match matters {
            Some(matters) => self.chase_seen(Seen::Unit(matters)),
            None => self.tell(Tone::Bad, say::NO_UNIT),
        }
    }

    fn chase_seen(&mut self, mut seen: Seen) {
        let by = self.calendar.hm(answer_by(self.now, self.calendar));
        let me = self.officer.as_ref().map(|(_, name)| name.clone());
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        let Some(part) = form.part::<Chase>().cloned() else { return };
        let (chasing, abouts) = match (&mut seen, &part.to) {
            (Seen::Group(chasing), To::Group(which)) => {
                let abouts = chase::abouts(chasing, which);
                (&mut **chasing, abouts)
            }
            (Seen::Unit(matters), To::Unit(unit)) if matters.id == *unit => {
                (&mut matters.chasing, Vec::new())
            }
            // Another one was opened meanwhile.
            _ => return,
        };
        // Who sits here writes it, whoever's shift it is.
        if let Some(me) = me {
            chasing.officer = me;
        }
        let owes = chasing.units.iter().any(|unit| !unit.owed.is_empty());
        let mut fields = Vec::new();
        if abouts.len() > 1 {
            let options = abouts.iter().map(|about| Choice::new(about.code(), about_word(*about))).collect();
            fields.push(Field::choice("about", say::WHICH, options, 0));
        }
        if owes {
            fields.push(Field::line("by", say::BY, &by).hint(say::BY_HINT));
        }
        form.focus += fields.len();
        form.fields.splice(0..0, fields);
        form.is_now(Chase { seen: Some(seen), ..part });
        super::typed(self);
    }
}

#[cfg(test)]
mod tests;
