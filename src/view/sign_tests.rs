//! The signs of the office's file among the counters: at the smallest terminal, in both languages.

use super::tests::text;
use crate::app::Msg;
use crate::app::fixture::{Desk, now};
use crate::domain::handover::Checked;
use crate::domain::trust::Behind;
use crate::say::Lang;

/// The line of counters of a desk where much is wrong, after a check that found something in so many places.
fn counters(lang: Lang, found: u64, prepare: impl Fn(&mut Desk)) -> String {
    let mut desk = Desk::new(lang, 80, 24);
    prepare(&mut desk);
    desk.send(Msg::Checked(Checked { at: now(), found, behind: None }));
    text(&desk).lines().nth(1).unwrap_or_default().to_owned()
}

fn all_is_wrong(desk: &mut Desk) {
    let status = &mut desk.state.status;
    (status.findings, status.slots_missed, status.promises_overdue) = (12, 14, 13);
    (status.clock_jumps, status.unknown_events, status.unattached) = (2, 3, 4);
    status.drill_due = Some(40);
}

fn is_old_too(desk: &mut Desk) {
    all_is_wrong(desk);
    desk.state.trust.otherwise = true;
    desk.state.trust.behind = Some(Behind { missing: 21, head: "1-A".to_owned(), at: now() });
}

#[test]
fn that_the_file_is_sound_is_seen_where_there_is_room_beside_the_work() {
    let of = |lang| counters(lang, 0, |_| {});
    insta::assert_snapshot!("sound_80", [of(Lang::Zh), of(Lang::En)].join("\n"));
}

#[test]
fn that_the_file_is_not_sound_is_seen_at_80_columns_whatever_else_is_wrong() {
    let of = |prepare: fn(&mut Desk)| [Lang::Zh, Lang::En].map(|lang| counters(lang, 3, prepare));
    let lines = [of(|_| {}), of(all_is_wrong), of(is_old_too)].concat();
    for line in &lines {
        assert!(line.contains("自检") || line.contains("Check"), "{line}");
        assert!(line.contains("3 处问题") || line.contains("3 problems"), "{line}");
        assert!(unicode_width::UnicodeWidthStr::width(line.as_str()) <= 80, "{line}");
    }
    insta::assert_snapshot!("unsound_80", lines.join("\n"));
}

#[test]
fn the_lock_names_its_keys_as_the_footer_does() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("L");
    let shown = text(&desk);
    assert!(shown.contains("↓ 换人") && !shown.contains("Down"), "{shown}");
    // Where an arrow would take two columns it is named.
    desk.state.widths.ambiguous = true;
    assert!(text(&desk).contains("Down 换人"));
}
