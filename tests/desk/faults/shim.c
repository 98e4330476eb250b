/* Stands between the program and the disk while a test runs: the test compiles it and loads it with LD_PRELOAD.
 *
 * Every call that changes a file below ZHIBAN_FAULT_UNDER is counted. By the environment
 *   ZHIBAN_FAULT_AT=n       the n-th of them, or with ZHIBAN_FAULT_ONWARDS=1 each from it on, meets
 *   ZHIBAN_FAULT_DO=        kill: the process is killed before it; tear: killed in the middle of a write;
 *                           eio, enospc, erofs: the call fails so; count (or nothing): it is only counted
 *   ZHIBAN_FAULT_MARK=file  gets a byte when that happens
 *   ZHIBAN_FAULT_JOURNAL=f  gets every call with its data, and what the process says on standard output between
 *   ZHIBAN_FAULT_LIES=end   a sync of a file whose name ends so (nothing: of any) says that it was done and is not:
 *                           the disk that lies, or a database that does not ask
 *
 * SQLite and Rust's standard library come here by the names of the C library. A few calls come past it, straight
 * to the kernel (a rename that must not overwrite): for those a seccomp filter sends SIGSYS, which is answered
 * here. The sixth argument, which none of them uses, tells our own calls from theirs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#define OURS 0x7a686264UL
#define ROOM (PATH_MAX + 16)

enum { GO, KILL, TEAR, FAIL };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *under, *mark, *lies;
static size_t under_len;
static long count, at;
static int onwards, what, error_no, journal = -1;

static void install(void);

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("ZHIBAN_FAULT_DO");
  at = getenv("ZHIBAN_FAULT_AT") ? atol(getenv("ZHIBAN_FAULT_AT")) : 0;
  onwards = getenv("ZHIBAN_FAULT_ONWARDS") != NULL;
  lies = getenv("ZHIBAN_FAULT_LIES");
  mark = getenv("ZHIBAN_FAULT_MARK");
  if (text == NULL) text = "";
  what = !strcmp(text, "kill") ? KILL : !strcmp(text, "tear") ? TEAR : *text ? FAIL : GO;
  error_no = !strcmp(text, "enospc") ? ENOSPC : !strcmp(text, "erofs") ? EROFS : EIO;
  if (!strcmp(text, "count")) what = GO;
  if (getenv("ZHIBAN_FAULT_JOURNAL"))
    journal = syscall(SYS_openat, AT_FDCWD, getenv("ZHIBAN_FAULT_JOURNAL"),
                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  under = getenv("ZHIBAN_FAULT_UNDER");
  if (under != NULL) {
    under_len = strlen(under);
    install();
  }
}

static int ends(const char *path, const char *end) {
  size_t len = strlen(path), last = strlen(end);
  return len >= last && !strcmp(path + len - last, end);
}

/* Shared memory is no file of the disk: it is made anew whenever the first process comes. */
static int is_under(const char *path) {
  return under != NULL && !strncmp(path, under, under_len) && (path[under_len] == '/' || path[under_len] == 0) &&
         !ends(path, "-shm");
}

/* The path of an open file, when it is one of ours. */
static int of_fd(int fd, char *path) {
  char name[64];
  if (under == NULL) return 0;
  int kept = errno;
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t len = syscall(SYS_readlinkat, AT_FDCWD, name, path, (size_t)PATH_MAX);
  errno = kept;
  if (len <= 0) return 0;
  path[len] = 0;
  return is_under(path);
}

/* A path made whole, when it is one of ours. */
static int of_name(int dir, const char *name, char *path) {
  if (under == NULL || name == NULL) return 0;
  if (name[0] == '/') {
    snprintf(path, ROOM, "%s", name);
  } else if (dir == AT_FDCWD) {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL) return 0;
    while (!strncmp(name, "./", 2)) name += 2;
    snprintf(path, ROOM, "%.*s/%s", PATH_MAX - 300, here, name);
  } else {
    return 0;
  }
  for (char *dot = path; (dot = strstr(dot, "/./")) != NULL;) memmove(dot, dot + 2, strlen(dot + 2) + 1);
  return is_under(path);
}

static void put_all(const void *bytes, size_t len) {
  const char *from = bytes;
  while (len > 0) {
    ssize_t got = syscall(SYS_write, journal, from, len);
    if (got <= 0) return;
    from += got;
    len -= got;
  }
}

static void record(char kind, const char *path, const char *other, int64_t place, const void *data, uint32_t len) {
  if (journal < 0) return;
  int kept = errno;
  size_t first = strlen(path), second = strlen(other);
  char *all = malloc(17 + first + second + len), *to = all;
  if (all == NULL) return;
  uint16_t lens[2] = {first, second};
  *to++ = kind;
  memcpy(to, &lens[0], 2), to += 2;
  memcpy(to, path, first), to += first;
  memcpy(to, &lens[1], 2), to += 2;
  memcpy(to, other, second), to += second;
  memcpy(to, &place, 8), to += 8;
  memcpy(to, &len, 4), to += 4;
  if (len > 0) memcpy(to, data, len);
  put_all(all, 17 + first + second + len);
  free(all);
  errno = kept;
}

static void die(void) {
  for (;;) syscall(SYS_kill, getpid(), SIGKILL);
}

/* Counts a call and says what it meets; a torn one is killed by the caller. */
static int meets(void) {
  count++;
  if (what == GO || at == 0 || count < at || (count > at && !onwards)) return GO;
  if (mark != NULL) {
    int fd = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
      syscall(SYS_write, fd, "x", 1);
      syscall(SYS_close, fd);
    }
  }
  if (what == KILL) die();
  if (what == FAIL) errno = error_no;
  return what;
}

/* For calls that have no middle: true when the call fails. */
static int fails(void) {
  int met = meets();
  if (met == TEAR) die();
  return met == FAIL;
}

static ssize_t put(int fd, const char *path, const void *bytes, size_t len, int64_t place) {
  pthread_mutex_lock(&turn);
  int met = meets();
  if (met == FAIL) {
    pthread_mutex_unlock(&turn);
    return -1;
  }
  int own = place < 0;
  if (own) {
    int flags = fcntl(fd, F_GETFL);
    place = syscall(SYS_lseek, fd, 0L, flags >= 0 && (flags & O_APPEND) ? SEEK_END : SEEK_CUR);
  }
  size_t most = met == TEAR ? len / 2 : len;
  ssize_t got = own ? syscall(SYS_write, fd, bytes, most) : syscall(SYS_pwrite64, fd, bytes, most, place);
  if (met == TEAR) die();
  if (got > 0) record('w', path, "", place, bytes, got);
  pthread_mutex_unlock(&turn);
  return got;
}

ssize_t write(int fd, const void *bytes, size_t len) {
  char path[ROOM];
  if (of_fd(fd, path)) return put(fd, path, bytes, len, -1);
  if (fd != STDOUT_FILENO || journal < 0) return syscall(SYS_write, fd, bytes, len);
  pthread_mutex_lock(&turn);
  ssize_t got = syscall(SYS_write, fd, bytes, len);
  if (got > 0) record('S', "", "", 0, bytes, got);
  pthread_mutex_unlock(&turn);
  return got;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t place) {
  char path[ROOM];
  if (of_fd(fd, path)) return put(fd, path, bytes, len, place);
  return syscall(SYS_pwrite64, fd, bytes, len, place);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t place) { return pwrite(fd, bytes, len, place); }

/* Several pieces at once: the first alone is written, and the caller goes on with the rest. */
ssize_t writev(int fd, const struct iovec *pieces, int n) {
  char path[ROOM];
  if (of_fd(fd, path)) {
    for (int i = 0; i < n; i++)
      if (pieces[i].iov_len > 0) return put(fd, path, pieces[i].iov_base, pieces[i].iov_len, -1);
    return 0;
  }
  return syscall(SYS_writev, fd, pieces, n);
}

/* Copies inside the kernel are refused, so that they are done with reads and writes. */
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t len, unsigned flags) {
  (void)from, (void)a, (void)to, (void)b, (void)len, (void)flags;
  errno = ENOSYS;
  return -1;
}

ssize_t sendfile64(int to, int from, off64_t *place, size_t len) {
  (void)to, (void)from, (void)place, (void)len;
  errno = ENOSYS;
  return -1;
}

static int sync_by(long number, int fd) {
  char path[ROOM];
  if (!of_fd(fd, path)) return syscall(number, fd);
  pthread_mutex_lock(&turn);
  int done = -1;
  if (!fails()) {
    int lie = lies != NULL && ends(path, lies);
    done = lie ? 0 : syscall(number, fd);
    if (done == 0 && !lie) record('s', path, "", 0, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  return done;
}

int fsync(int fd) { return sync_by(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }

int ftruncate(int fd, off_t len) {
  char path[ROOM];
  if (!of_fd(fd, path)) return syscall(SYS_ftruncate, fd, len);
  pthread_mutex_lock(&turn);
  int done = -1;
  if (!fails()) {
    done = syscall(SYS_ftruncate, fd, len);
    if (done == 0) record('t', path, "", len, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  return done;
}

int ftruncate64(int fd, off64_t len) { return ftruncate(fd, len); }

static int open_at(int dir, const char *name, int flags, mode_t mode) {
  char path[ROOM];
  int writes = (flags & O_ACCMODE) != O_RDONLY;
  int changes = (flags & (O_CREAT | O_TRUNC)) || (error_no == EROFS && what == FAIL && writes);
  if (!changes || (flags & O_TMPFILE) == O_TMPFILE || !of_name(dir, name, path))
    return syscall(SYS_openat, dir, name, flags, mode);
  pthread_mutex_lock(&turn);
  int fd = -1;
  if (!fails()) {
    int kept = errno, was = syscall(SYS_faccessat, dir, name, F_OK) == 0;
    errno = kept;
    fd = syscall(SYS_openat, dir, name, flags, mode);
    if (fd >= 0 && !was) record('c', path, "", 0, NULL, 0);
    if (fd >= 0 && was && (flags & O_TRUNC)) record('t', path, "", 0, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  return fd;
}

#define MODE(last)                                    \
  mode_t mode = 0;                                    \
  if (flags & (O_CREAT | O_TMPFILE)) {                \
    va_list more;                                     \
    va_start(more, last);                             \
    mode = va_arg(more, int);                         \
    va_end(more);                                     \
  }

int open(const char *name, int flags, ...) {
  MODE(flags)
  return open_at(AT_FDCWD, name, flags, mode);
}

int open64(const char *name, int flags, ...) {
  MODE(flags)
  return open_at(AT_FDCWD, name, flags, mode);
}

int openat(int dir, const char *name, int flags, ...) {
  MODE(flags)
  return open_at(dir, name, flags, mode);
}

int openat64(int dir, const char *name, int flags, ...) {
  MODE(flags)
  return open_at(dir, name, flags, mode);
}

/* Unlink, rename, link, mkdir: one way for those by name and those that the filter sends here. */
static int entry(char kind, long number, int dir, const char *name, int to_dir, const char *to, int flags) {
  char path[ROOM], other[ROOM] = "";
  int ours = of_name(dir, name, path);
  if (to != NULL) ours |= of_name(to_dir, to, other);
  pthread_mutex_lock(&turn);
  int done = -1;
  if (!ours || !fails()) {
    if (to != NULL)
      done = syscall(number, dir, name, to_dir, to, flags, OURS);
    else
      done = syscall(number, dir, name, flags);
    if (ours && done == 0) record(kind, path, other, 0, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  return done;
}

int unlink(const char *name) { return entry('u', SYS_unlinkat, AT_FDCWD, name, 0, NULL, 0); }
int rmdir(const char *name) { return entry('d', SYS_unlinkat, AT_FDCWD, name, 0, NULL, AT_REMOVEDIR); }
int unlinkat(int dir, const char *name, int flags) {
  return entry(flags & AT_REMOVEDIR ? 'd' : 'u', SYS_unlinkat, dir, name, 0, NULL, flags);
}
int mkdir(const char *name, mode_t mode) { return entry('m', SYS_mkdirat, AT_FDCWD, name, 0, NULL, mode); }
int rename(const char *name, const char *to) {
  return entry('r', SYS_renameat2, AT_FDCWD, name, AT_FDCWD, to, 0);
}
int renameat(int dir, const char *name, int to_dir, const char *to) {
  return entry('r', SYS_renameat2, dir, name, to_dir, to, 0);
}
int link(const char *name, const char *to) { return entry('l', SYS_linkat, AT_FDCWD, name, AT_FDCWD, to, 0); }

static void answer(int signal, siginfo_t *info, void *context) {
  (void)signal;
  ucontext_t *registers = context;
  int number = info->si_syscall;
#if defined(__x86_64__)
  greg_t *r = registers->uc_mcontext.gregs;
  long a = r[REG_RDI], b = r[REG_RSI], c = r[REG_RDX], d = r[REG_R10], e = r[REG_R8];
#elif defined(__aarch64__)
  unsigned long long *r = registers->uc_mcontext.regs;
  long a = r[0], b = r[1], c = r[2], d = r[3], e = r[4];
#else
#error "no way to answer a system call on this machine"
#endif
  int kept = errno;
  int links = number == SYS_linkat;
  long done = entry(links ? 'l' : 'r', links ? SYS_linkat : SYS_renameat2, a, (const char *)b, c, (const char *)d,
                    number == SYS_renameat ? 0 : e);
  if (done < 0) done = -errno;
  errno = kept;
#if defined(__x86_64__)
  r[REG_RAX] = done;
#else
  r[0] = done;
#endif
}

static void install(void) {
  struct sigaction sa;
  memset(&sa, 0, sizeof sa);
  sa.sa_sigaction = answer;
  sa.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGSYS, &sa, NULL);
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_linkat, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    _exit(97);
}
