//! Calls from nobody known (待核实来电): the list behind the header's counter. Each is read, called back, and given
//! to whom it was about.

use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::state::{CallersPage, Layer, State};
use crate::app::shown::table::Table;
use crate::store::query::rows::CallerRow;

impl State {
    /// Goes to the list of calls from nobody known.
    pub(super) fn open_callers(&mut self, fx: &mut Vec<Effect>) {
        if !matches!(self.page(), Some(Layer::Callers(_))) {
            self.layers.push(Layer::Callers(Box::new(CallersPage { rows: Table::new() })));
        }
        self.load(fx, Query::Callers);
    }

    pub(super) fn take_callers(&mut self, rows: &[CallerRow]) {
        let pages = self.layers.iter_mut().filter_map(|layer| match layer {
            Layer::Callers(page) => Some(page),
            _ => None,
        });
        for page in pages {
            page.rows.set_rows(rows.to_vec());
        }
    }
}
