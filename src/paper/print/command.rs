//! Runs CUPS' commands: with arguments as they are (no shell), in the plain language, never longer than patience
//! lasts.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long a command is looked at before it is looked at again.
const GLANCE: Duration = Duration::from_millis(10);

/// How many glances a command is given: 20 seconds. A print service of the network may take its time.
const GLANCES: u32 = 2000;

/// What came of a command.
#[derive(Debug)]
pub(super) enum Answer {
    /// It ended.
    Done {
        /// Whether it says that all is well.
        ok: bool,
        /// Standard output.
        out: String,
    },
    /// There is no such command.
    Missing,
    /// It did not end in time.
    Silent,
    /// Nobody waits any longer.
    Dropped,
}

/// Runs `program` and waits for its end; `stop` is asked all the while.
pub(super) fn run(program: &str, args: &[&str], stop: &dyn Fn() -> bool) -> Answer {
    // Files instead of pipes: a long answer cannot block the command, and nobody has to read along.
    let Ok(out) = tempfile::tempfile() else {
        return Answer::Missing;
    };
    let Ok(to_out) = out.try_clone() else { return Answer::Missing };
    let mut command = Command::new(program);
    // Its answers are read: they must not be translated. CUPS looks at more than one of these.
    command.envs([("LC_ALL", "C"), ("LC_MESSAGES", "C"), ("LANG", "C")]).env_remove("LANGUAGE").args(args);
    // What it says of a failure is in the system's own words: the queue is asked instead.
    command.stdin(Stdio::null()).stdout(to_out).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Answer::Missing };
    match wait(&mut child, stop) {
        Ok(status) => Answer::Done { ok: status.success(), out: text(out) },
        Err(answer) => {
            let _ = child.kill();
            let _ = child.wait();
            answer
        }
    }
}

fn wait(child: &mut Child, stop: &dyn Fn() -> bool) -> Result<ExitStatus, Answer> {
    for _ in 0..GLANCES {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if stop() => return Err(Answer::Dropped),
            Ok(None) => std::thread::sleep(GLANCE),
            Err(_) => return Err(Answer::Silent),
        }
    }
    Err(Answer::Silent)
}

fn text(mut file: File) -> String {
    let mut bytes = Vec::new();
    let _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}
