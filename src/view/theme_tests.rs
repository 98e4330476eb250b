//! Every text is read on what it stands on, on both grounds, and where no colours are wanted there are none.

use super::palette::{On, Palette};
use super::theme::Theme;
use crate::app::fixture::Desk;
use crate::app::shown::column::Mood;
use crate::app::shown::shades::{Depth, Ground, Shades, luminance};
use crate::app::shown::state::Layer;
use crate::app::{State, Tone, layout};
use crate::say::Lang;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

/// What WCAG asks of text.
const LEAST: f64 = 4.5;
/// How far apart in lightness, of a hundred steps, two moods are: five times what an eye just tells apart.
const APART: f64 = 9.0;

const GROUNDS: [Ground; 2] = [Ground::Dark, Ground::Light];
const DEPTHS: [Depth; 2] = [Depth::Many, Depth::True];

fn all() -> impl Iterator<Item = Shades> {
    let shades = |depth| GROUNDS.map(|ground| Shades { depth, ground: Some(ground), asks: false });
    DEPTHS.into_iter().flat_map(shades)
}

/// What a colour is on the screen. The first 16 of 256 are whatever a terminal makes of them.
fn rgb(color: Color) -> (u8, u8, u8) {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match color {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(n @ 232..) => (8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232)),
        Color::Indexed(n @ 16..) => {
            let step = |part: u8| STEPS[usize::from(part % 6)];
            (step((n - 16) / 36), step((n - 16) / 6), step(n - 16))
        }
        other => panic!("{other:?} looks as the terminal likes"),
    }
}

fn light(color: Color) -> f64 {
    let (red, green, blue) = rgb(color);
    luminance(red, green, blue)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Lightness as it is seen, from 0 to 100.
fn lightness(color: Color) -> f64 {
    116.0 * light(color).cbrt() - 16.0
}

fn theme(shades: Shades) -> Theme {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.state.shades = shades;
    Theme::of(&desk.state)
}

const MOODS: [Mood; 5] = [Mood::Plain, Mood::Dim, Mood::Good, Mood::Warn, Mood::Bad];

fn styles(theme: Theme) -> Vec<(String, Style)> {
    let mut out: Vec<(String, Style)> = vec![
        ("none".to_owned(), Style::new()),
        ("dim".to_owned(), theme.dim()),
        ("strong".to_owned(), theme.strong()),
        ("selected".to_owned(), theme.selected()),
        ("bar".to_owned(), theme.bar()),
        ("strong bar".to_owned(), theme.bar().patch(theme.strong())),
        ("alert".to_owned(), theme.alert()),
        ("field".to_owned(), theme.field()),
        ("field with nothing typed".to_owned(), theme.field_dim()),
        ("key".to_owned(), theme.key()),
        ("mark".to_owned(), theme.mark()),
        ("border".to_owned(), theme.border(false)),
        ("border with the cursor".to_owned(), theme.border(true)),
        ("on the edge".to_owned(), theme.on_edge()),
    ];
    out.extend(MOODS.map(|mood| (format!("{mood:?}"), theme.mood(mood))));
    let tones = [Tone::Info, Tone::Good, Tone::Warn, Tone::Bad];
    out.extend(tones.map(|tone| (format!("said {tone:?}"), theme.tone(tone))));
    // A row is selected over whatever its cells are.
    let over = out
        .clone()
        .into_iter()
        .map(|(name, style)| (format!("selected {name}"), style.patch(theme.selected())));
    out.extend(over.collect::<Vec<_>>());
    out
}

/// A cell in a style, as the last step before the terminal makes it.
fn inked(theme: Theme, style: Style, veils: usize) -> Cell {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
    let cell = &mut buffer[(0, 0)];
    cell.set_style(style);
    (0..veils).for_each(|_| theme.veil(cell));
    theme.ink(&mut buffer);
    buffer[(0, 0)].clone()
}

#[test]
fn every_style_is_read_on_its_ground() {
    for shades in all() {
        let theme = theme(shades);
        for (name, style) in styles(theme) {
            for veils in 0..3 {
                let cell = inked(theme, style, veils);
                let has = contrast(cell.fg, cell.bg);
                assert!(has >= LEAST, "{shades:?} {name}, behind {veils}: {has:.2} {cell:?}");
                assert!(!cell.modifier.intersects(Modifier::DIM | Modifier::REVERSED), "{name} {cell:?}");
            }
        }
    }
}

#[test]
fn one_look_of_what_is_selected_and_one_of_what_lies_behind() {
    for shades in all() {
        let theme = theme(shades);
        let looks = |wanted: &dyn Fn(&str) -> bool, veils| {
            let mut out: Vec<(Color, Color)> = styles(theme)
                .into_iter()
                .filter(|(name, _)| wanted(name))
                .map(|(_, style)| inked(theme, style, veils))
                .map(|cell| (cell.fg, cell.bg))
                .collect();
            out.sort_by_key(|look| format!("{look:?}"));
            out.dedup();
            out
        };
        assert_eq!(looks(&|name| name.starts_with("selected"), 0).len(), 1);
        assert_eq!(looks(&|_| true, 1).len(), 2, "what stood out there and what did not");
        let plain = inked(theme, Style::new(), 0);
        let (behind, selected) = (inked(theme, Style::new(), 1), inked(theme, theme.selected(), 0));
        assert_ne!(plain.bg, behind.bg);
        // Less than what lies above.
        assert!(contrast(behind.fg, behind.bg) * 1.8 < contrast(plain.fg, plain.bg));
        // A selected row is seen without reading it.
        assert!(contrast(selected.bg, plain.bg) >= 3.0, "{shades:?}");
    }
}

#[test]
fn what_is_well_to_be_watched_and_wrong_differ_in_lightness_too() {
    for shades in all() {
        let theme = theme(shades);
        let seen =
            [Mood::Good, Mood::Warn, Mood::Bad].map(|mood| lightness(inked(theme, theme.mood(mood), 0).fg));
        for (one, other) in [(0, 1), (1, 2), (0, 2)] {
            assert!((seen[one] - seen[other]).abs() >= APART, "{shades:?}: {seen:?}");
        }
    }
}

/// Ways to every kind of screen, page and dialog.
const WAYS: [&str; 27] = [
    "1",
    "2",
    "3",
    "4",
    "4j",
    "5",
    "6",
    "7",
    "8",
    "9",
    "0",
    "-",
    "-t",
    "4j\n",
    "4j\n\t\t\t",
    "3j\n",
    "8\n",
    "8\nj\n",
    "3f",
    "3jf\t\t\t咳嗽",
    "4r",
    "/ww",
    "/",
    "?",
    ":se",
    "4w",
    "q",
];

fn each(mut see: impl FnMut(&str, &Desk)) {
    for lang in [Lang::Zh, Lang::En] {
        for (columns, rows) in [(80, 24), (120, 40)] {
            for way in WAYS {
                let mut desk = Desk::new(lang, columns, rows);
                desk.keys(way);
                see(&format!("{way:?} {} {columns}", lang.code()), &desk);
            }
            let mut desk = Desk::new(lang, columns, rows);
            desk.state.flash = Some((crate::i18n::screen::LOADING.into(), desk.state.now.plus(9_000)));
            see("an alert", &desk);
        }
    }
}

/// A frame as it goes to the terminal.
fn drawn(state: &State) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    let mut frame_drawn = Buffer::default();
    let draw = |frame: &mut ratatui::Frame| {
        super::draw(state, frame);
        frame_drawn = frame.buffer_mut().clone();
    };
    terminal.draw(draw).unwrap();
    frame_drawn
}

fn in_shades(desk: &Desk, shades: Shades) -> Buffer {
    let mut state = desk.state.clone();
    state.shades = shades;
    drawn(&state)
}

#[test]
fn no_cell_of_any_screen_has_a_colour_of_its_own() {
    let palettes: Vec<(Shades, Vec<(Color, Color)>)> = all().map(|shades| (shades, pairs(shades))).collect();
    each(|what, desk| {
        for (shades, pairs) in &palettes {
            for cell in &in_shades(desk, *shades).content {
                assert!(pairs.contains(&(cell.fg, cell.bg)), "{what}, {shades:?}: {cell:?}");
                assert!(!cell.modifier.intersects(Modifier::DIM | Modifier::REVERSED), "{what}: {cell:?}");
            }
        }
    });
}

/// Everything that may be written, and on what.
fn pairs(shades: Shades) -> Vec<(Color, Color)> {
    let (depth, ground) = shades.drawn();
    let palette = Palette::of(ground);
    let Palette { plain, selected, bar, alert, field, field_dim, behind, behind_marked, .. } = palette;
    let own = [palette.dim, palette.key, palette.good, palette.warn, palette.bad];
    let own = own.map(|text| On { text, ground: plain.ground });
    let present = On { text: *field_dim, ground: field.ground };
    let pairs =
        [*plain, *selected, *bar, *alert, *field, present, *behind, *behind_marked].into_iter().chain(own);
    pairs.map(|on| (on.text.at(depth), on.ground.at(depth))).collect()
}

#[test]
fn without_colours_and_with_sixteen_the_terminals_own_are_left() {
    let sixteen = [Color::Reset, Color::Red, Color::Green, Color::Yellow, Color::Cyan];
    each(|what, desk| {
        for cell in &in_shades(desk, Shades::NONE).content {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{what}: {cell:?}");
        }
        let asked = Shades { depth: Depth::True, ground: None, asks: true };
        for shades in [Shades::default(), asked] {
            for cell in &in_shades(desk, shades).content {
                assert!(sixteen.contains(&cell.fg) && cell.bg == Color::Reset, "{what}: {cell:?}");
            }
        }
    });
}

/// What xterm makes of the 16 that are used: the terminal's letters are black or white, as its ground is not.
fn own(color: Color, ground: Ground) -> (u8, u8, u8) {
    match color {
        Color::Red => (205, 0, 0),
        Color::Green => (0, 205, 0),
        Color::Yellow => (205, 205, 0),
        Color::Cyan => (0, 205, 205),
        Color::Reset if ground == Ground::Light => (0, 0, 0),
        Color::Reset => (255, 255, 255),
        other => panic!("{other:?}"),
    }
}

#[test]
fn with_sixteen_colours_every_text_is_read_on_a_light_ground_and_on_an_unknown_one() {
    /// Bold letters, as WCAG asks of large ones.
    const BOLD: f64 = 3.0;
    for (known, grounds) in
        [(Some(Ground::Light), &[Ground::Light][..]), (Some(Ground::Dark), &[Ground::Dark]), (None, &GROUNDS)]
    {
        let theme = theme(Shades { ground: known, ..Shades::default() });
        for (name, style) in styles(theme) {
            let cell = inked(theme, style, 0);
            for ground in grounds {
                let (red, green, blue) = own(cell.fg, *ground);
                let text = luminance(red, green, blue);
                let on = if *ground == Ground::Light { 1.0 } else { 0.0 };
                let has = (text.max(on) + 0.05) / (text.min(on) + 0.05);
                let least = if cell.modifier.contains(Modifier::BOLD) { BOLD } else { LEAST };
                assert!(has >= least, "{known:?} on {ground:?}, {name}: {has:.2}");
            }
        }
        // What calls still differs from what does not.
        let looks = [Mood::Plain, Mood::Warn, Mood::Bad].map(|mood| inked(theme, theme.mood(mood), 0));
        assert!(looks[0] != looks[1] && looks[1] != looks[2]);
    }
}

/// The cells in which something is typed: those of the field with the cursor, and of the lines below it.
#[test]
fn a_field_is_seen_before_anything_is_typed() {
    /// How much its ground differs at least.
    const SEEN: f64 = 1.6;
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut desk = Desk::new(Lang::Zh, columns, rows);
        desk.keys("3f\t\t\t");
        let cursor = super::tests::drawn(&desk.state).1.unwrap();
        for shades in all() {
            let seen = in_shades(&desk, shades);
            let ground = seen[(cursor.x - 2, cursor.y)].bg;
            // The words have three lines, as wide as the box.
            for y in cursor.y..cursor.y + 3 {
                let wide = (cursor.x..columns).take_while(|x| seen[(*x, y)].bg != ground).count();
                assert!(wide > 40, "{shades:?} {y}: {wide}");
                let own = contrast(seen[(cursor.x, y)].bg, ground);
                assert!(own >= SEEN, "{shades:?}: {own:.2}");
            }
        }
        for shades in [Shades::NONE, Shades::default()] {
            let seen = in_shades(&desk, shades);
            for y in cursor.y..cursor.y + 3 {
                let line: String = (cursor.x..columns).map(|x| seen[(x, y)].symbol()).collect();
                assert_eq!(seen[(cursor.x - 1, y)].symbol(), "[", "{shades:?}");
                assert!(line.trim_start().starts_with(']'), "{line}");
            }
        }
    }
}

#[test]
fn without_a_palette_too_there_is_one_look_of_what_is_selected() {
    for shades in
        [Shades::NONE, Shades::default(), Shades { ground: Some(Ground::Dark), ..Shades::default() }]
    {
        let theme = theme(shades);
        for (name, style) in styles(theme).into_iter().filter(|(name, _)| name.starts_with("selected")) {
            let cell = inked(theme, style, 0);
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{shades:?} {name}");
            assert!(!cell.modifier.intersects(Modifier::BOLD | Modifier::DIM), "{shades:?} {name}");
        }
    }
}

#[test]
fn what_lies_behind_a_dialog_is_dimmed_and_the_dialog_is_not() {
    let none = Shades::NONE;
    for (way, wide) in [("4w", 20), ("3f", 60), ("?", 60), ("q", 30)] {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.keys("4");
        let before = in_shades(&desk, none);
        desk.keys(way.trim_start_matches('4'));
        assert!(matches!(desk.state.layers.last(), Some(layer) if !matches!(layer, Layer::Page(_))), "{way}");
        let areas = layout::frame(desk.state.size);
        let kept = |at: Position| areas.feedback.contains(at) || areas.footer.contains(at);
        let after = in_shades(&desk, none);
        let is_behind = |at: Position| {
            // Whatever is dimmed, not in bold, and the same text as before.
            let (was, is) = (&before[at], &after[at]);
            is.modifier.contains(Modifier::DIM) && was.symbol() == is.symbol()
        };
        let behind = after.area.positions().filter(|at| is_behind(*at)).count();
        let above = after.area.positions().filter(|at| !is_behind(*at) && !kept(*at)).count();
        assert!(behind > 200 && above >= wide * 3, "{way}: {behind} {above}");
        for shades in all() {
            let (depth, ground) = shades.drawn();
            let palette = Palette::of(ground);
            let grounds = [palette.behind, palette.behind_marked].map(|on| on.ground.at(depth));
            let seen = in_shades(&desk, shades);
            let dimmed = |at: &Position| grounds.contains(&seen[*at].bg);
            for at in seen.area.positions().filter(|at| !kept(*at)) {
                // What is not dimmed without colours belongs to the dialog.
                if !after[at].modifier.contains(Modifier::DIM) {
                    assert!(!dimmed(&at), "{way} {at}: {:?}", seen[at]);
                }
            }
            assert!(
                seen.area.positions().filter(|at| kept(*at)).all(|at| !dimmed(&at)),
                "{way}: the keys' line"
            );
            let corner = Position::new(0, areas.body.y);
            assert!(dimmed(&corner) && dimmed(&Position::new(3, 0)), "{way}");
        }
    }
}
