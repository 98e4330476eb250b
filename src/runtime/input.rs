//! The terminal's input, on a thread of its own.

use super::Event;
use super::terminal::Asks;
use crate::app::Msg;
use crossbeam_channel::Sender;
use std::io;

#[cfg(unix)]
pub(super) fn spawn(events: Sender<Event>, asks: Asks) -> io::Result<()> {
    let tty = crate::platform::TerminalInput::open()?;
    std::thread::Builder::new().name("input".to_owned()).spawn(move || listen(tty, &events, asks))?;
    Ok(())
}

#[cfg(unix)]
fn listen(mut tty: crate::platform::TerminalInput, events: &Sender<Event>, asks: Asks) {
    use super::keys::Parser;
    use crate::platform::Waited;
    use std::time::Duration;

    /// After a lone ESC: what belongs to a sequence leaves the terminal together with it. Whatever else has begun is
    /// waited for, as long as a slow line takes.
    const AFTER_ESC: Duration = Duration::from_millis(50);
    /// After a part of a paste: a longer silence means that its end was lost.
    const AFTER_PASTE: Duration = Duration::from_millis(800);
    /// With nothing begun: only to look whether the terminal is still there.
    const OTHERWISE: Duration = Duration::from_secs(5);

    let mut parser = Parser::default();
    if asks.ground {
        parser.expect_ground();
    }
    let mut buffer = [0; 4096];
    let mut asked = [asks.widths; crate::app::shown::widths::probes()];
    loop {
        let pause = match () {
            () if parser.is_pasting() => AFTER_PASTE,
            () if parser.is_at_escape() => AFTER_ESC,
            () => OTHERWISE,
        };
        let inputs = match tty.wait(pause) {
            Waited::Nothing => parser.idle(),
            Waited::Ready => match tty.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(bytes) => parser.feed(&buffer[..bytes]),
            },
            Waited::Gone => break,
        };
        for input in inputs {
            // Only what was asked is an answer: a key may look like one.
            if let super::keys::Input::Cursor(row, _) = input
                && !usize::from(row)
                    .checked_sub(1)
                    .and_then(|row| asked.get_mut(row))
                    .is_some_and(std::mem::take)
            {
                continue;
            }
            if events.send(Event::Msg(message(input))).is_err() {
                return;
            }
        }
    }
    // If nobody listens any more the desk is over already.
    let _ = events.send(Event::TerminalGone);
}

#[cfg(unix)]
fn message(input: super::keys::Input) -> Msg {
    use super::keys::Input;
    match input {
        Input::Key(key) => Msg::Key(key),
        Input::Paste(text) => Msg::Paste(text),
        Input::Mouse(mouse) => Msg::Mouse(mouse),
        Input::Ground(red, green, blue) => Msg::Ground(red, green, blue),
        // Each probe stands at the beginning of its own row.
        Input::Cursor(row, column) => {
            Msg::Measured { probe: usize::from(row).saturating_sub(1), columns: column.saturating_sub(1) }
        }
    }
}

/// Elsewhere the library's own reader has to do.
#[cfg(not(unix))]
pub(super) fn spawn(events: Sender<Event>, _asks: Asks) -> io::Result<()> {
    use crossterm::event::{self, Event as Input};
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        loop {
            let message = match event::read() {
                Ok(Input::Key(key)) if key.is_press() => Msg::Key(key),
                Ok(Input::Paste(text)) => Msg::Paste(text),
                Ok(Input::Mouse(mouse)) => Msg::Mouse(mouse),
                Ok(Input::Resize(columns, rows)) => Msg::Resize(columns, rows),
                Ok(_) => continue,
                Err(_) => break,
            };
            if events.send(Event::Msg(message)).is_err() {
                return;
            }
        }
        let _ = events.send(Event::TerminalGone);
    })?;
    Ok(())
}
