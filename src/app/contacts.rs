//! Outside contacts on the screen.

use crate::app::shown::pages::ContactPage;
use crate::app::shown::state::State;
use crate::store::query::rows::ContactSheet;

#[cfg(test)]
mod tests;

impl State {
    /// The contact whose page is seen.
    pub(super) fn contact_sheet(&self) -> Option<&ContactSheet> {
        self.page_of::<ContactPage>().and_then(|page| page.sheet.as_deref())
    }
}
