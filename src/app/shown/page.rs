//! What a page is: all that those who load, act, lay out and draw need to know of it. The stack of layers knows no kind
//! of page; each is one file in [`super::pages`].

use super::column::{Ctx, Shown};
use super::lines::{Fact, TextLine};
use super::query::{Data, Query};
use super::table::{List, Target};
use crate::app::keymap::Context;
use crate::domain::followup::Caller;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::mask::Private;
use crate::i18n::screen as say;
use crate::say::{Lang, Word};
use std::any::Any;
use std::fmt::Debug;

/// Which part of a page is shown below its facts, and from which line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// Which part.
    pub tab: usize,
    /// Its first line.
    pub scroll: usize,
}

/// A page takes the place of the screen; dialogs lie above it.
///
/// Either it is one list, or it has facts on its upper part and parts with names below, one of which may be a list.
pub trait Page: Any + Debug + Send + Sync + Again {
    /// What its keys go by.
    fn context(&self) -> Context;

    /// What stands on its border: a name, once it is known.
    fn title(&self, lang: Lang) -> &str;

    /// What it asks for whenever it is refreshed. Answers come to it as long as it asks for the same.
    fn asks(&self) -> Vec<Query>;

    /// Takes in the answer to something it asks for.
    fn take(&mut self, data: &Data);

    /// The list with the cursor, when one is shown.
    fn list(&self) -> Option<&dyn List> {
        None
    }

    /// The same, to be changed.
    fn list_mut(&mut self) -> Option<&mut dyn List> {
        None
    }

    /// What stands in place of the list's rows when there are none.
    fn empty(&self) -> Word {
        say::EMPTY
    }

    /// All of it is a list, beside which there is room for what is known of the selected row.
    fn is_list(&self) -> bool {
        false
    }

    /// Whose page it is.
    fn subject(&self) -> Option<Subject> {
        None
    }

    /// Whom an act would concern whatever the list says.
    fn concerns(&self) -> Option<Target> {
        self.subject().map(|subject| Target::new(Some(subject), self.title(Lang::Zh)))
    }

    /// The names of its parts, with how much is in each; none where it has no parts.
    fn tabs(&self) -> Vec<(Word, usize)> {
        Vec::new()
    }

    /// Which of them is shown.
    fn part(&self) -> Option<&Part> {
        None
    }

    /// The same, to be changed.
    fn part_mut(&mut self) -> Option<&mut Part> {
        None
    }

    /// The lines of the part that is shown, of which so many are seen at once; none where a list is shown instead.
    fn lines(&self, ctx: &Ctx, high: usize) -> Vec<TextLine> {
        let _ = (ctx, high);
        Vec::new()
    }

    /// The facts on its upper part, once they are known.
    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        let _ = ctx;
        None
    }

    /// Said in place of the facts when there is nobody and nothing of that name.
    fn missing(&self) -> Option<Word> {
        None
    }

    /// What is to be seen before the facts, in lines of at most so many columns.
    fn alerts(&self, ctx: &Ctx, width: u16) -> Vec<TextLine> {
        let _ = (ctx, width);
        Vec::new()
    }

    /// The number that stands large above the facts, where there is room for one; it may be empty.
    fn large_number(&self) -> Option<String> {
        None
    }

    /// How many lines its upper part wants of so many columns, where `usual` are what such parts have; none where all of
    /// the page is a list.
    fn head_lines(&self, usual: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        let _ = (usual, width, ctx);
        None
    }

    /// The numbers that are hidden in the entry of a ledger that is selected here, or that the page is of.
    fn entry_numbers(&self) -> Option<(Shown, Private)> {
        None
    }

    /// What is told of the selected row below the list; none where nothing is, whatever is selected.
    fn told(&self, ctx: &Ctx) -> Option<Vec<TextLine>> {
        let _ = ctx;
        None
    }

    /// A person's own number, where it is on this page.
    fn private_phone(&self, person: PersonId) -> Option<Private> {
        let _ = person;
        None
    }

    /// The number to call that is nobody's private one.
    fn office_phone(&self) -> Option<String> {
        self.list().and_then(List::office_phone)
    }

    /// The selected call, with the number that was written down with it.
    fn caller(&self) -> Option<Caller> {
        None
    }
}

/// A page can be had again: what is drawn is a copy.
pub trait Again {
    /// The same page.
    fn again(&self) -> Box<dyn Page>;
}

impl<P: Page + Clone> Again for P {
    fn again(&self) -> Box<dyn Page> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Page> {
    fn clone(&self) -> Self {
        (**self).again()
    }
}

impl dyn Page {
    /// The page, if it is one of this kind.
    pub fn of<P: Page>(&self) -> Option<&P> {
        (self as &dyn Any).downcast_ref()
    }

    /// The same, to be changed.
    pub fn of_mut<P: Page>(&mut self) -> Option<&mut P> {
        (self as &mut dyn Any).downcast_mut()
    }
}
