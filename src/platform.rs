//! Every Unix-only call.

mod confine;

pub use confine::{confine_child, confines};

use std::sync::atomic::{AtomicI32, Ordering};

/// Nobody looks into this process: no core dump, no debugger of the same user.
pub fn guard_memory() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A kernel that will not leaves what there was before.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Whether others than its owner may read or write a file.
pub fn is_open_to_others(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let bits =
            |path: &std::path::Path| std::fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        // Into a folder that is its owner's alone nobody else gets.
        path.is_file() && bits(path) & 0o077 != 0 && bits(folder.unwrap_or(".".as_ref())) & 0o011 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// This program, as it can be started once more: on Linux also after its file was replaced by that of another version.
///
/// # Errors
/// It cannot be told.
pub fn own_program() -> std::io::Result<std::path::PathBuf> {
    #[cfg(target_os = "linux")]
    {
        let running = std::path::Path::new("/proc/self/exe");
        if running.symlink_metadata().is_ok() {
            return Ok(running.to_owned());
        }
    }
    std::env::current_exe()
}

/// Makes files opened with `options` readable and writable by their owner alone.
pub fn private_mode(options: &mut std::fs::OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = options;
}

/// Makes a rename in `folder` durable.
///
/// # Errors
/// The folder cannot be synced.
pub fn sync_folder(folder: &std::path::Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Says something to a socket of this machine and reads what it answers, until it ends.
///
/// # Errors
/// There is no such socket, it does not answer in time, or there are no such sockets here.
pub fn ask_socket(
    path: &std::path::Path,
    message: &[u8],
    patience: std::time::Duration,
    longest: u64,
) -> std::io::Result<Vec<u8>> {
    #[cfg(unix)]
    {
        use std::io::{Read, Write};
        let mut stream = std::os::unix::net::UnixStream::connect(path)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        stream.write_all(message)?;
        let mut answer = Vec::new();
        stream.take(longest).read_to_end(&mut answer)?;
        Ok(answer)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, message, patience, longest);
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// What tells this machine from others: as the system keeps it, or the empty text where it keeps nothing. It is
/// never stored as it is.
pub fn machine() -> &'static str {
    static MACHINE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    MACHINE.get_or_init(|| {
        let kept = ["/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid"];
        first_id(kept.into_iter().filter_map(|path| std::fs::read_to_string(path).ok()))
    })
}

/// The first that says anything: images of systems and containers come with an empty file, or with one that says that
/// it will be filled at the first start.
fn first_id(kept: impl Iterator<Item = String>) -> String {
    let mut kept = kept.map(|id| id.trim().to_owned());
    kept.find(|id| !id.is_empty() && id != "uninitialized").unwrap_or_default()
}

/// A few letters for the names of files that only this machine's programs may sweep away.
pub fn machine_tag() -> &'static str {
    static TAG: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    TAG.get_or_init(|| {
        let digest = blake3::derive_key("zhiban machine tag v1", machine().as_bytes());
        blake3::Hash::from_bytes(digest).to_hex().as_str()[..8].to_owned()
    })
}

/// Whether a process of this machine still runs; where that cannot be known, it does.
pub fn is_running(process: u32) -> bool {
    #[cfg(unix)]
    {
        let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else {
            return false;
        };
        rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
    }
    #[cfg(not(unix))]
    {
        let _ = process;
        true
    }
}

/// What a file is, whatever it is called: its number in its file system; 0 where there is none, or one that the file
/// system makes up anew each time it is mounted.
pub fn file_number(path: &std::path::Path) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if makes_up_numbers(path) { 0 } else { path.metadata().map_or(0, |meta| meta.ino()) }
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        0
    }
}

/// Whether two paths are one file, by whatever way each is reached.
pub fn is_same_file(one: &std::path::Path, other: &std::path::Path) -> bool {
    let canonical = |path: &std::path::Path| std::fs::canonicalize(path).ok();
    if canonical(one).is_some_and(|one| Some(one) == canonical(other)) {
        return true;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(a), Ok(b)) = (one.metadata(), other.metadata()) else { return false };
        if file_number(one) != 0 && file_number(other) != 0 {
            return (a.dev(), a.ino()) == (b.dev(), b.ino());
        }
        // Without numbers: when its name or size changed last is nothing that a copy can take over.
        let times = |meta: &std::fs::Metadata| {
            (meta.len(), meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec())
        };
        times(&a) == times(&b)
    }
    #[cfg(not(unix))]
    false
}

/// Whether a file lies in a folder directly, by whatever way each is reached; where it is a link, also where that leads.
pub fn holds(folder: &std::path::Path, file: &std::path::Path) -> bool {
    let canonical = |path: &std::path::Path| std::fs::canonicalize(path).ok();
    let Some(folder) = canonical(folder) else { return false };
    let beside = file
        .parent()
        .map(|parent| if parent.as_os_str().is_empty() { std::path::Path::new(".") } else { parent });
    let leads = canonical(file);
    [beside.and_then(canonical).as_deref(), leads.as_deref().and_then(std::path::Path::parent)]
        .contains(&Some(folder.as_path()))
}

/// What kind of file system a file lies in; 0 where that is not told.
#[cfg(unix)]
fn kind_of_disk(path: &std::path::Path) -> u64 {
    #[cfg(target_os = "linux")]
    {
        rustix::fs::statfs(path).map_or(0, |found| found.f_type as u64 & 0xffff_ffff)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        0
    }
}

/// FUSE, 9p, VirtualBox and VMware folders, FAT, exFAT: numbers of files last as long as the mount, or less.
#[cfg(unix)]
fn makes_up_numbers(path: &std::path::Path) -> bool {
    const MADE_UP: [u64; 6] = [0x6573_5546, 0x0102_1997, 0x786f_4256, 0xbacb_acbc, 0x4d44, 0x2011_bab2];
    MADE_UP.contains(&kind_of_disk(path))
}

/// Whether a file may be read, without opening it: closing it again would give up the locks that this process has.
pub fn may_read(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        rustix::fs::access(path, rustix::fs::Access::READ_OK).is_ok()
    }
    #[cfg(not(unix))]
    {
        path.exists()
    }
}

/// Whether a file lies on a disk that several machines share.
pub fn is_on_network(path: &std::path::Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        // NFS, SMB, CIFS, AFS, Ceph.
        const SHARED: [u64; 5] = [0x6969, 0xfe53_4d42, 0xff53_4d42, 0x5346_414f, 0x00c3_6400];
        SHARED.contains(&kind_of_disk(path))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        false
    }
}

/// The folder of the user's own settings for this program; none where the system has no place for it.
pub fn config_folder() -> Option<std::path::PathBuf> {
    use etcetera::BaseStrategy;
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("zhiban"))
}

/// The folder of what this program keeps between two runs of it and the user need not see; none where the system has
/// no place for it. `ZHIBAN_STATE_DIR` names another.
pub fn state_folder() -> Option<std::path::PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(named) = std::env::var_os("ZHIBAN_STATE_DIR").filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("zhiban"))
}

/// Lets this thread run only when nothing else of this machine wants to.
pub fn lowest_priority() {
    #[cfg(target_os = "linux")]
    {
        // Where it cannot be had the thread runs as any other.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 19);
    }
}

/// Limits this process for good: address space in bytes, processor time in seconds, no core dump. What goes
/// over is killed or refused by the system; where a limit cannot be set the caller's own limits remain.
#[cfg(unix)]
pub fn limit_child(memory: u64, cpu: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let fixed = |amount| Rlimit { current: Some(amount), maximum: Some(amount) };
    for (resource, amount) in [(Resource::As, memory), (Resource::Cpu, cpu), (Resource::Core, 0)] {
        // A stricter limit may already be in force; then it stays.
        let _ = setrlimit(resource, fixed(amount));
    }
}

/// Elsewhere the reader's own limits and the parent's clock have to do.
#[cfg(not(unix))]
pub fn limit_child(_memory: u64, _cpu: u64) {}

/// How long the machine has been running: what setting its clock does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uptime {
    /// Which start of the machine this counts from; empty where the system does not say.
    pub boot: String,
    /// Milliseconds since then, sleep included where the system counts it.
    pub ms: i64,
}

impl Uptime {
    /// At least how long ago `before` was, in milliseconds. Of another start of the machine no more is known than that
    /// it was before this one.
    pub fn since(&self, before: &Self) -> i64 {
        if self.boot == before.boot && self.ms >= before.ms { self.ms - before.ms } else { self.ms }
    }
}

/// How long the machine has been running. Where it does not say, the clock has to do.
pub fn uptime(now: crate::domain::time::Ts) -> Uptime {
    let said = |file: &str| std::fs::read_to_string(file).ok();
    let seconds = said("/proc/uptime").and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    match seconds {
        Some(seconds) => Uptime {
            boot: said("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned(),
            ms: (seconds * 1000.0) as i64,
        },
        None => Uptime { boot: String::new(), ms: now.0 },
    }
}

/// Files this process makes are its owner's alone, whatever makes them (SQLite's side files, temporary files).
pub fn restrict_new_files() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// What the system tells the desk while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The desk is to end: TERM, INT or QUIT from outside, HUP (the terminal went away), or another deadly signal.
    End,
    /// The desk is to stop and wait (TSTP from outside; Ctrl-Z is a key).
    Suspend,
    /// The desk goes on after it was stopped.
    Continue,
    /// The terminal has another size.
    Resize,
}

/// Calls `told` for every notice, on a thread of its own, so that none waits for a slow screen or a dead terminal.
///
/// # Errors
/// The handlers cannot be installed.
#[cfg(unix)]
pub fn watch_signals(mut told: impl FnMut(Notice) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH, SIGXFSZ};
    let mut signals = signal_hook::iterator::Signals::new([SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ])?;
    for signal in DEADLY {
        signals.add_signal(*signal)?;
    }
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        loop {
            let came: Vec<i32> = signals.wait().collect();
            // Whoever says to go on means that what was to stop goes on: the system forgets such a stop as well.
            let goes_on = came.contains(&SIGCONT);
            for signal in came {
                match signal {
                    SIGTSTP if goes_on => {}
                    SIGTSTP => told(Notice::Suspend),
                    SIGCONT => told(Notice::Continue),
                    SIGWINCH => told(Notice::Resize),
                    // What cannot be written is told by whoever wants to write it.
                    SIGXFSZ => {}
                    deadly => {
                        let _ = ENDED_BY.compare_exchange(0, deadly, Ordering::SeqCst, Ordering::SeqCst);
                        told(Notice::End);
                    }
                }
            }
        }
    })?;
    Ok(())
}

/// What ends the desk, as far as it can be heard: SEGV, BUS, ILL and FPE come from a fault in the program itself and
/// cannot be gone on from; a pipe that is closed is an error of writing.
#[cfg(unix)]
const DEADLY: &[i32] = {
    use signal_hook::consts as s;
    &[
        s::SIGTERM,
        s::SIGHUP,
        s::SIGINT,
        s::SIGQUIT,
        s::SIGABRT,
        s::SIGALRM,
        s::SIGVTALRM,
        s::SIGPROF,
        s::SIGUSR1,
        s::SIGUSR2,
        s::SIGXCPU,
        s::SIGSYS,
        s::SIGTRAP,
    ]
};

/// The signal that ended the desk; 0 for none.
static ENDED_BY: AtomicI32 = AtomicI32::new(0);

/// The exit status of a process that a signal ended, as shells have it; none when none did.
pub fn ended_by() -> Option<i32> {
    Some(ENDED_BY.load(Ordering::SeqCst)).filter(|signal| *signal > 0).map(|signal| 128 + signal)
}

/// Ends this process by the signal that ended the desk, now that everything is put in order, so that whoever waits for
/// it sees why it ended. Does nothing when none did. No image of the memory is left behind.
pub fn end_as_told() {
    #[cfg(unix)]
    {
        let signal = ENDED_BY.load(Ordering::SeqCst);
        if signal > 0 {
            let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
            let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
            // Where that is not possible the exit status says it.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    }
}

/// Elsewhere there is nothing to watch.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn watch_signals(told: impl FnMut(Notice) + Send + 'static) -> std::io::Result<()> {
    let _ = told;
    Ok(())
}

/// Stops this process until it is continued; the terminal was given back before.
pub fn stop_self() {
    #[cfg(unix)]
    {
        // STOP, not TSTP: the desk handles TSTP itself, so that one would only come back to it. A process that
        // cannot be stopped goes on, which is all there is to do about it.
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
    }
}

/// The terminal's input, waited for with a timeout and without spinning on a terminal that is gone.
#[cfg(unix)]
pub struct TerminalInput {
    tty: std::fs::File,
}

/// What waiting for the terminal's input ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    /// Something can be read.
    Ready,
    /// Nothing came in time.
    Nothing,
    /// There is no terminal any more.
    Gone,
}

#[cfg(unix)]
impl TerminalInput {
    /// Standard input when it is a terminal, else the controlling terminal.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn open() -> std::io::Result<Self> {
        use std::os::fd::AsFd;
        let stdin = std::io::stdin();
        if rustix::termios::isatty(&stdin) {
            let own = stdin.as_fd().try_clone_to_owned()?;
            return Ok(Self { tty: own.into() });
        }
        Ok(Self { tty: std::fs::File::open("/dev/tty")? })
    }

    /// Waits until something can be read, the time is over, or the terminal is gone.
    pub fn wait(&self, at_most: std::time::Duration) -> Waited {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let timeout =
            Timespec { tv_sec: at_most.as_secs() as i64, tv_nsec: i64::from(at_most.subsec_nanos()) };
        let mut fds = [PollFd::new(&self.tty, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => Waited::Nothing,
            // What was still typed before the line went dead is read first.
            Ok(_) if fds[0].revents().contains(PollFlags::IN) => Waited::Ready,
            Ok(_) | Err(_) => Waited::Gone,
        }
    }

    /// Reads what is there; nothing at all means that the terminal is gone.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        use std::io::Read;
        loop {
            match self.tty.read(buffer) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_name_has_none() {
        let first = |kept: &[&str]| first_id(kept.iter().map(|&id| id.to_owned()));
        assert_eq!(first(&["", "\n", "b\n"]), "b");
        assert_eq!(first(&["uninitialized\n", ""]), "");
        assert_eq!(first(&[]), "");
    }
}
