//! What the child that reads sheets may ask of the system: memory, its input and its output, and nothing else. A file
//! that takes it over can open no other file, reach no network, and start or end no process.

/// Confines this process for good, as far as the kernel can. Whether it did.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn confine_child() -> bool {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    // What is not on the list is refused as if it were not permitted: a reader that tries ends with an error.
    const NOT_PERMITTED: u32 = 1;
    let _ = rustix::thread::set_no_new_privs(true);
    let Ok(arch) = std::env::consts::ARCH.try_into() else { return false };
    let rules = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let refused = SeccompAction::Errno(NOT_PERMITTED);
    SeccompFilter::new(rules, refused, SeccompAction::Allow, arch)
        .and_then(BpfProgram::try_from)
        .is_ok_and(|program| seccompiler::apply_filter(&program).is_ok())
}

/// Elsewhere there are the limits alone.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub fn confine_child() -> bool {
    false
}

/// Whether this kernel can confine a child.
pub fn confines() -> bool {
    cfg!(any(target_arch = "x86_64", target_arch = "aarch64"))
        && std::fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("\nSeccomp:"))
}

/// `read write close fstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64 readv
/// writev sched_yield mremap madvise getpid sigaltstack exit gettid futex restart_syscall clock_gettime exit_group
/// gettimeofday set_robust_list prlimit64 getrandom rseq`
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const ALLOWED: &[i64] = &[
    0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 39, 131, 60, 186, 202, 219, 228,
    231, 96, 273, 302, 318, 334,
];

/// The same calls, `ppoll` for `poll`.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
const ALLOWED: &[i64] = &[
    63, 64, 57, 80, 73, 62, 222, 226, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 172, 132, 93, 178,
    98, 128, 113, 94, 169, 99, 261, 278, 293,
];
