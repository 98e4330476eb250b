//! Every Unix-only call.

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
