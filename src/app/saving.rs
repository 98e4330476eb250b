//! While an act waits for its answer: that is said, and what is typed meanwhile is kept in its order until the answer
//! is there.

use crate::app::shown::effect::Effect;
use crate::app::shown::lock::Typed;
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::i18n::file as say;
use crate::say::Say;

/// The most that is kept: more than anybody types in the seconds that it may take.
const MOST_TYPED: usize = 1000;

impl State {
    /// Whether what is seen has sent its act and has no answer yet: nothing there can take a key.
    fn is_waiting(&self) -> bool {
        match self.layers.last() {
            Some(Layer::Form(form)) => form.is_sending(),
            Some(Layer::Plan(plan)) => plan.sending,
            _ => false,
        }
    }

    /// Keeps what was typed while an act waits for its answer; false when nothing waits, and it means something now.
    pub(super) fn keep_typed(&mut self, typed: impl FnOnce() -> Typed) -> bool {
        let waiting = self.is_waiting();
        if !waiting {
            return false;
        }
        // After a gap nothing is kept, until what is kept is done: keys with others missing before them mean nothing.
        if self.typed_lost == 0 && self.typed.len() < MOST_TYPED {
            self.typed.push_back(typed());
        } else {
            self.typed_lost += 1;
        }
        true
    }

    /// What is said while an act waits.
    pub fn saving_said(&self) -> Say {
        match self.typed_lost {
            0 => say::SAVING.into(),
            _ => say::typed_full(MOST_TYPED),
        }
    }

    /// Nothing was typed since the act was sent.
    pub(super) fn is_untouched(&self) -> bool {
        self.typed.is_empty()
    }

    /// The act is in the log: what was typed meanwhile is done now, up to where the next act waits.
    pub(super) fn take_typed(&mut self, fx: &mut Vec<Effect>) {
        if self.lock.is_some() {
            self.typed.clear();
            self.typed_lost = 0;
        }
        while !self.is_waiting()
            && let Some(typed) = self.typed.pop_front()
        {
            match typed {
                Typed::Key(key) => self.key(fx, key),
                Typed::Paste(text) => self.paste(fx, &text),
            }
        }
        if self.typed.is_empty() {
            let lost = std::mem::take(&mut self.typed_lost);
            if lost > 0 {
                self.tell(Tone::Warn, say::typed_lost(MOST_TYPED, lost));
            }
        }
    }

    /// The act was not written: what was typed after it meant a screen that is not there. It is told, never guessed.
    pub(super) fn drop_typed(&mut self) {
        let kept = std::mem::take(&mut self.typed).len() + std::mem::take(&mut self.typed_lost);
        if kept == 0 {
            return;
        }
        let dropped = say::typed_dropped(kept);
        let with = |said: &Say| Say {
            zh: format!("{}；{}", said.zh, dropped.zh),
            en: format!("{}; {}", said.en, dropped.en),
        };
        if let Some(Layer::Form(form)) = self.layers.last_mut()
            && let Some(error) = &mut form.error
        {
            *error = with(error);
        }
        if let Some(line) = &mut self.feedback {
            line.say = with(&line.say);
        } else {
            self.tell(Tone::Warn, dropped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Desk;
    use super::*;
    use crate::app::fixture::op;
    use crate::app::shown::msg::Msg;
    use crate::app::shown::state::Layer;
    use crate::say::Lang;
    use crate::store::act::{Act, Committed};

    fn sent(desk: &mut Desk) -> Vec<(u64, Act)> {
        let commits = desk.taken().into_iter().filter_map(|effect| match effect {
            Effect::Commit { token, act, .. } => Some((token, *act)),
            _ => None,
        });
        commits.collect()
    }

    fn desk() -> Desk {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.taken();
        desk
    }

    #[test]
    fn keys_typed_while_an_act_waits_come_after_it_in_their_order() {
        let mut desk = desk();
        desk.keys("3f\n");
        let first = sent(&mut desk);
        assert_eq!(first.len(), 1);
        // The next follow-up, with its words and saved, before the first has its answer.
        desk.keys("f\t\t\t打不通\nj");
        assert!(sent(&mut desk).is_empty());
        desk.send(Msg::Committed { token: first[0].0, committed: Committed { op: op(413), made: None } });
        let second = sent(&mut desk);
        let [(_, Act::FollowUp(draft))] = second.as_slice() else { panic!("{second:?}") };
        assert_eq!(draft.words, "打不通");
        // The last key waits for the second answer.
        assert_eq!(desk.state.typed.len(), 1);
        desk.send(Msg::Committed { token: second[0].0, committed: Committed { op: op(414), made: None } });
        assert!(desk.state.typed.is_empty() && desk.state.layers.is_empty());
    }

    #[test]
    fn when_the_act_fails_it_stays_and_what_was_typed_after_it_is_told() {
        let mut desk = desk();
        desk.keys("3f\t\t\t信号不好\n");
        let first = sent(&mut desk);
        desk.keys("jf");
        desk.send(Msg::CommitFailed { token: first[0].0, error: Say::same("busy"), field: None });
        let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("the form is gone") };
        assert_eq!(form.value("words"), "信号不好");
        let error = form.error.clone().unwrap().zh;
        assert!(error.starts_with("busy") && error.contains('2'), "{error}");
        desk.keys("\n");
        assert_eq!(sent(&mut desk).len(), 1, "it can be tried again");
    }

    #[test]
    fn more_keys_than_are_kept_are_told_and_the_others_keep_their_order() {
        let mut desk = desk();
        desk.keys("3f\n");
        let first = sent(&mut desk);
        desk.send(Msg::Saving);
        assert_eq!(desk.state.saving_said(), say::SAVING.into());
        let typed = format!("f\t\t\t{}", "话".repeat(MOST_TYPED - 4));
        desk.keys(&typed);
        assert_eq!(desk.state.saving_said(), say::SAVING.into());
        desk.keys("三四五");
        assert_eq!(desk.state.saving_said(), say::typed_full(MOST_TYPED));
        desk.send(Msg::Committed { token: first[0].0, committed: Committed { op: op(413), made: None } });
        let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
        assert_eq!(form.value("words"), "话".repeat(MOST_TYPED - 4));
        let said = desk.state.feedback.clone().unwrap().say.zh;
        assert!(said.contains("1000") && said.contains("3 次按键未记下"), "{said}");
        desk.keys("六");
        let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("no form") };
        assert!(form.value("words").ends_with("话六"), "and everything goes on");
    }

    #[test]
    fn an_act_that_waits_is_told_until_it_has_its_answer() {
        let mut desk = desk();
        desk.keys("3f\n");
        let first = sent(&mut desk);
        desk.send(Msg::Saving);
        assert!(desk.state.saving);
        desk.send(Msg::Committed { token: first[0].0, committed: Committed { op: op(413), made: None } });
        assert!(!desk.state.saving);
        desk.send(Msg::Saving);
        assert!(!desk.state.saving, "nothing waits");
    }
}
