//! What holds of every page, whatever it shows.

use super::{BehindPage, of, opened_by};
use crate::app::fixture::{Desk, answer, contact_id, person_id, unit_id};
use crate::app::keymap::BINDINGS;
use crate::app::shown::grid::Behind;
use crate::app::shown::home::SCREENS;
use crate::app::shown::msg::Msg;
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::Query;
use crate::app::shown::rows::people_query;
use crate::app::shown::table::List;
use crate::domain::ids::Subject;
use crate::say::{Lang, Say};

/// Every page there is, before anything is known.
fn all() -> Vec<Box<dyn Page>> {
    let mut all: Vec<Box<dyn Page>> = Vec::new();
    for page in BINDINGS.iter().filter_map(|binding| opened_by(binding.action)) {
        if all.iter().all(|known| known.context() != page.context()) {
            all.push(page);
        }
    }
    assert_eq!(all.len(), 4, "pages that an action opens");
    let subjects =
        [Subject::Person(person_id(1)), Subject::Unit(unit_id(1)), Subject::Contact(contact_id(1))];
    all.extend(subjects.map(of));
    let ids = vec![person_id(1).0];
    all.push(Box::new(BehindPage::new(Say::same("37.3 = 1"), Behind::People(ids))));
    all
}

#[test]
fn a_page_has_keys_of_its_own_and_a_title_once_it_is_known() {
    let pages = all();
    for (at, page) in pages.iter().enumerate() {
        let context = page.context();
        assert!(SCREENS.iter().all(|screen| screen.context != context), "{context:?}");
        assert!(pages[..at].iter().all(|other| other.context() != context), "{context:?}");
        let mut page = page.clone();
        for query in page.asks() {
            page.take(&answer(&query));
        }
        assert!(!page.title(Lang::Zh).is_empty() && !page.title(Lang::En).is_empty(), "{context:?}");
        // The copy alone was told.
        assert!(pages[at].list().is_none_or(|list| !list.is_loaded()), "{context:?}");
    }
}

#[test]
fn the_list_the_parts_and_the_facts_of_a_page_agree() {
    let ctx = Desk::new(Lang::Zh, 80, 24).state.ctx();
    for mut page in all() {
        let context = page.context();
        assert!(page.facts(&ctx).is_none() && page.lines(&ctx, 20).is_empty(), "{context:?}");
        for query in page.asks() {
            page.take(&answer(&query));
        }
        let parts = page.tabs().len();
        assert_eq!(page.part().is_some(), parts > 0, "{context:?}");
        assert_eq!(page.head_lines(7, 78, &ctx).is_some(), parts > 0, "{context:?}");
        assert_eq!(page.facts(&ctx).is_some(), parts > 0, "{context:?}");
        let (mut lists, mut windows) = (0, 0);
        for tab in 0..parts.max(1) {
            if let Some(part) = page.part_mut() {
                *part = Part { tab, scroll: 0 };
            }
            let lines = page.lines(&ctx, 20).len();
            assert_eq!(page.list().is_some(), page.list_mut().is_some(), "{context:?} {tab}");
            if let Some(list) = page.list_mut() {
                list.set_filter("x".to_owned());
                assert_eq!(lines, 0, "{context:?} {tab}");
            }
            if let Some(list) = page.list() {
                assert!(list.filter() == "x" && list.is_loaded(), "{context:?} {tab}");
                lists += 1;
                windows += usize::from(list.is_windowed());
            } else if let Some((_, count)) = page.tabs().get(tab) {
                assert!(lines >= *count, "{context:?} {tab}: {lines} lines for {count}");
            }
        }
        assert!(parts > 0 || lists == 1, "{context:?} is neither a list nor has it parts");
        assert_eq!(page.asks().iter().filter(|query| query.is_of_window()).count(), windows, "{context:?}");
    }
}

#[test]
fn the_page_of_somebody_asks_for_them_first_and_says_when_there_is_nobody() {
    use crate::app::shown::query::Data;
    let ctx = Desk::new(Lang::Zh, 80, 24).state.ctx();
    for mut page in all() {
        let Some(subject) = page.subject() else { continue };
        assert_eq!(page.asks()[0], Query::page_of(subject));
        assert_eq!(page.asks()[0].opens(), Some(subject));
        assert_eq!(page.concerns().and_then(|target| target.subject), Some(subject));
        assert_eq!(page.missing(), None);
        page.take(&match subject {
            Subject::Person(_) => Data::Dossier(None),
            Subject::Unit(_) => Data::UnitSheet(None),
            Subject::Contact(_) => Data::Contact(None),
        });
        assert!(page.missing().is_some() && page.facts(&ctx).is_none(), "{:?}", page.context());
    }
}

#[test]
fn an_answer_goes_to_the_page_that_asks_for_it_and_to_no_other() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    let people = desk.state.tables.people.clone();
    let mut fx = Vec::new();
    let asked = Query::People(people_query(&people, Some(unit_id(1))));
    // Its page was left meanwhile: the people of all units stay as they are.
    desk.state.load(&mut fx, asked.clone());
    let generation = desk.state.next;
    desk.send(Msg::Loaded { generation, data: answer(&asked) });
    assert_eq!((people.is_loaded(), desk.state.tables.people.is_loaded()), (false, false));
    // Another unit's page is none of its either.
    desk.state.load(&mut fx, asked.clone());
    let generation = desk.state.next;
    desk.state.layers.push(crate::app::shown::layers::Layer::Page(of(Subject::Unit(unit_id(2)))));
    desk.send(Msg::Loaded { generation, data: answer(&asked) });
    assert!(desk.state.list().is_some_and(|list| !list.is_loaded()));
    // Its own takes it, and only the newest.
    desk.state.layers.push(crate::app::shown::layers::Layer::Page(of(Subject::Unit(unit_id(1)))));
    desk.state.load(&mut fx, asked.clone());
    let older = desk.state.next;
    desk.state.load(&mut fx, asked.clone());
    let newest = desk.state.next;
    desk.send(Msg::Loaded { generation: older, data: answer(&asked) });
    assert!(desk.state.list().is_some_and(|list| !list.is_loaded()));
    desk.send(Msg::Loaded { generation: newest, data: answer(&asked) });
    assert!(desk.state.list().is_some_and(List::is_loaded));
}
