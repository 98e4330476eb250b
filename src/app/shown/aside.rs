//! What a form of a ledger keeps beside its fields: those that are not asked as the others stand, with what was typed in
//! them, and who was found by what was typed.

use super::field::Field;
use super::form::Form;
use crate::store::query::rows::PersonRow;

/// What a form of a ledger keeps beside its fields.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// Its fields by name, in their order.
    order: Vec<&'static str>,
    /// Those that are not asked as the others stand.
    pub(super) hidden: Vec<Field>,
    /// Those that are asked although the others stand so: it was refused without them.
    besides: Vec<&'static str>,
    /// Who was found by a name or number that was typed.
    pub named: Option<(String, Vec<PersonRow>)>,
}

impl Form {
    /// The same form, some of whose fields may not be asked.
    #[must_use]
    pub(in crate::app) fn with_aside(self) -> Self {
        let order = self.fields.iter().map(|field| field.id).collect();
        Self { aside: Some(Box::new(Aside { order, ..Aside::default() })), ..self }
    }

    /// Asks for these of its fields and puts the others aside; the cursor stays on its field.
    pub(in crate::app) fn ask_only(&mut self, is_asked: impl Fn(&'static str) -> bool) {
        let Some(aside) = &mut self.aside else { return };
        let focused = self.fields.get(self.focus).map(|field| field.id);
        let mut all: Vec<Field> = self.fields.drain(..).chain(aside.hidden.drain(..)).collect();
        all.sort_by_key(|field| aside.order.iter().position(|id| *id == field.id));
        (self.fields, aside.hidden) = all.into_iter().partition(|field| is_asked(field.id));
        let place = self.fields.iter().position(|field| Some(field.id) == focused);
        self.focus = place.unwrap_or_else(|| self.focus.min(self.fields.len().saturating_sub(1)));
    }

    /// Asks for a field that was not asked before: it was refused without it.
    pub(in crate::app) fn ask_besides(&mut self, id: &'static str) {
        let Some(aside) = &mut self.aside else { return };
        if !aside.besides.contains(&id) {
            aside.besides.push(id);
        }
        let shown: Vec<&'static str> = self.fields.iter().map(|field| field.id).chain([id]).collect();
        self.ask_only(|id| shown.contains(&id));
    }

    /// Whether a field is asked because it was refused without it.
    pub(in crate::app) fn is_asked_besides(&self, id: &str) -> bool {
        self.aside.as_ref().is_some_and(|aside| aside.besides.iter().any(|known| *known == id))
    }

    /// Its fields, those too that are not asked as the others stand.
    pub(super) fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(self.aside.iter().flat_map(|aside| &aside.hidden))
    }

    /// The same, to be changed.
    pub(super) fn all_fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.fields.iter_mut().chain(self.aside.iter_mut().flat_map(|aside| &mut aside.hidden))
    }
}
