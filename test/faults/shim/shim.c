/*
 * Preloaded into a process and everything it starts: counts the calls that change a file below FAULTS_ROOT, over the
 * whole process tree, and does something at call number FAULTS_AT.
 *
 *   FAULTS_STATE  a file of 64 bytes, mapped by all processes: calls, git processes, faults that happened, a lock
 *   FAULTS_KIND   kill      ends the whole process group, right before the call
 *                 kill-one  ends the process that makes the call
 *                 E...      the call fails with this error, once; with a trailing `+` all calls from there on
 *                 run       runs the shell command FAULTS_RUN, then makes the call
 *                 git-exit, git-kill, git-late   git process number FAULTS_AT ends with 128 before its work, by a
 *                           signal, or with 128 after its work
 *   FAULTS_LOG    a file that gets a record of every such call, for the model of a power loss
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

struct state { long calls, gits, fired, lock; };
static struct state *state;
static char root[PATH_MAX], kind[16];
static long at;
static int failure, lasting, logfile = -1, late;
static __thread int busy;

static const struct { const char *name; int code; } errors[] = {
  { "ENOSPC", ENOSPC }, { "EIO", EIO }, { "EROFS", EROFS }, { "EACCES", EACCES }, { "EDQUOT", EDQUOT },
};

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void fire(void) { __sync_fetch_and_add(&state->fired, 1); }

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULTS_STATE"), *below = getenv("FAULTS_ROOT"), *what = getenv("FAULTS_KIND");
  if (!file || !below) return;
  int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *map = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (map == MAP_FAILED) return;
  snprintf(root, sizeof root, "%s/", below);
  snprintf(kind, sizeof kind, "%s", what ? what : "");
  at = getenv("FAULTS_AT") ? atol(getenv("FAULTS_AT")) : 0;
  size_t length = strlen(kind);
  if (length && kind[length - 1] == '+') { lasting = 1; kind[length - 1] = 0; }
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (!strcmp(kind, errors[i].name)) failure = errors[i].code;
  if (getenv("FAULTS_LOG"))
    logfile = syscall(SYS_openat, AT_FDCWD, getenv("FAULTS_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  state = map;
  if (strncmp(program_invocation_short_name, "git", 3)) return;
  long number = __sync_add_and_fetch(&state->gits, 1);
  if (number != at || strncmp(kind, "git-", 4)) return;
  fire();
  if (!strcmp(kind, "git-exit")) _exit(128);
  if (!strcmp(kind, "git-kill")) raise(SIGKILL);
  late = 1;
}

__attribute__((destructor)) static void end(void) {
  if (!late) return;
  fflush(NULL);
  _exit(128);
}

static int is_below(const char *path) { return !strncmp(path, root, strlen(root)); }

/* The absolute path of a name; empty when it is not below the root. */
static char *full(int directory, const char *path, char *out) {
  char base[PATH_MAX] = "";
  if (path[0] != '/') {
    if (directory == AT_FDCWD) { if (!getcwd(base, sizeof base)) base[0] = 0; }
    else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
      ssize_t size = readlink(link, base, sizeof base - 1);
      base[size < 0 ? 0 : size] = 0;
    }
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) out[0] = 0;
  } else snprintf(out, PATH_MAX, "%s", path);
  if (!is_below(out)) out[0] = 0;
  return out;
}

/* The path of an open regular file or folder below the root; empty for anything else. */
static char *open_path(int fd, char *out) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, out, PATH_MAX - 1);
  out[size < 0 ? 0 : size] = 0;
  if (!is_below(out)) out[0] = 0;
  return out;
}

/* A process that was killed while it held the lock would hold up all others for ever: they wait for a second. */
static void take(void) {
  if (logfile < 0) return;
  for (int tries = 0; __sync_lock_test_and_set(&state->lock, 1) && tries < 50000; tries++) usleep(20);
}
static void drop(void) { if (logfile >= 0) __sync_lock_release(&state->lock); }

/* Numbers the call and lets the fault happen. Returns an error to fail with, or 0 to go on. */
static int enter(const char *call, const char *path) {
  if (!state || busy || !*path) return 0;
  long number = __sync_add_and_fetch(&state->calls, 1);
  if (!(number == at || (lasting && at && number > at)) || !*kind || !strncmp(kind, "git-", 4)) return 0;
  if (failure) {
    int is_data = !strcmp(call, "write") || !strcmp(call, "fsync") || !strcmp(call, "truncate");
    int is_removal = !strcmp(call, "unlink") || !strcmp(call, "rmdir");
    /* A full disk removes files; a folder that may not be written says nothing about files that are open. */
    if ((failure == ENOSPC || failure == EDQUOT) && (is_removal || !strcmp(call, "chmod"))) return 0;
    if ((failure == EROFS || failure == EACCES) && is_data) return 0;
    fire();
    return failure;
  }
  fire();
  if (!strcmp(kind, "kill")) { syscall(SYS_kill, 0, SIGKILL); for (;;) pause(); }
  if (!strcmp(kind, "kill-one")) { raise(SIGKILL); for (;;) pause(); }
  if (!strcmp(kind, "run") && getenv("FAULTS_RUN")) {
    pid_t child = fork();
    if (child == 0) {
      unsetenv("LD_PRELOAD");
      for (int fd = 0; fd < 3; fd++) syscall(SYS_close, fd);
      for (int fd = 0; fd < 3; fd++) syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);
      execl("/bin/sh", "sh", "-c", getenv("FAULTS_RUN"), (char *)NULL);
      _exit(127);
    }
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR);
  }
  return 0;
}

/* One record: a line, and behind it `size` bytes. */
static void note(const char *call, long inode, const char *path, const char *other, long offset, const void *data, long size) {
  if (logfile < 0 || busy || !*path) return;
  char line[3 * PATH_MAX];
  int length = snprintf(line, sizeof line, "%s\t%ld\t%s\t%s\t%ld\t%ld\n", call, inode, path, other, offset, size);
  struct iovec parts[2] = { { line, length }, { (void *)data, size } };
  syscall(SYS_writev, logfile, parts, 2);
}

static long inode_of(int fd) { struct stat found; return fstat(fd, &found) ? 0 : (long)found.st_ino; }

#define FAIL_IF(call, path) \
  int wrong = enter(call, path); \
  if (wrong) { errno = wrong; return -1; }

static int open_counted(const char *name, int directory, const char *path, int flags, mode_t mode) {
  REAL(int, "openat64", int, const char *, int, ...);
  (void)name;
  int writes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
  if (!state || busy || !writes) return real(directory, path, flags, mode);
  char where[PATH_MAX];
  FAIL_IF("open", full(directory, path, where));
  take();
  struct stat found;
  int was_there = *where && !lstat(where, &found);
  int fd = real(directory, path, flags, mode);
  int kept = errno;
  if (fd >= 0) note(was_there ? (flags & O_TRUNC ? "empty" : "open") : "create", inode_of(fd), where, "", 0, "", 0);
  drop();
  errno = kept;
  return fd;
}

#define MODE va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest)
int open(const char *path, int flags, ...) { MODE; return open_counted("open", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return open_counted("open64", AT_FDCWD, path, flags, mode); }
int openat(int at_fd, const char *path, int flags, ...) { MODE; return open_counted("openat", at_fd, path, flags, mode); }
int openat64(int at_fd, const char *path, int flags, ...) { MODE; return open_counted("openat64", at_fd, path, flags, mode); }
int __open_2(const char *path, int flags) { return open_counted("open", AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_counted("open", AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return open_counted("creat", AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

static FILE *fopen_counted(const char *path, const char *mode) {
  /* A stream opens and writes inside the C library: only its opening is seen. */
  REAL(FILE *, "fopen64", const char *, const char *);
  char where[PATH_MAX];
  int wrong = strpbrk(mode, "wa+") && state && !busy ? enter("open", full(AT_FDCWD, path, where)) : 0;
  if (wrong) { errno = wrong; return NULL; }
  return real(path, mode);
}
FILE *fopen(const char *path, const char *mode) { return fopen_counted(path, mode); }
FILE *fopen64(const char *path, const char *mode) { return fopen_counted(path, mode); }

/* Writes: `offset` -1 stands for the file's own position. */
#define WRITE(call, size_of, data, size, offset) \
  if (!state || busy) return call; \
  char where[PATH_MAX]; \
  open_path(fd, where); \
  FAIL_IF("write", where); \
  take(); \
  long start = offset; \
  if (start < 0 && *where) start = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR); \
  ssize_t done = call; \
  int kept = errno; \
  if (done > 0 && *where) note("write", inode_of(fd), where, "", start, data, size_of); \
  drop(); \
  errno = kept; \
  return done

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  WRITE(real(fd, data, size), done, data, size, -1L);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  WRITE(real(fd, data, size, offset), done, data, size, (long)offset);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  char joined[1 << 16];
  long length = 0;
  for (int i = 0; i < count && length + (long)parts[i].iov_len <= (long)sizeof joined; i++) {
    memcpy(joined + length, parts[i].iov_base, parts[i].iov_len);
    length += parts[i].iov_len;
  }
  WRITE(real(fd, parts, count), length, joined, length, -1L);
}

static void note_range(int fd, const char *where, long offset, long size) {
  char *data = malloc(size > 0 ? size : 1);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int again = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
  ssize_t got = again < 0 ? 0 : pread(again, data, size, offset);
  if (again >= 0) syscall(SYS_close, again);
  if (got > 0) note("write", inode_of(fd), where, "", offset, data, got);
  free(data);
}

ssize_t copy_file_range(int in, off64_t *in_at, int fd, off64_t *out_at, size_t size, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  if (!state || busy) return real(in, in_at, fd, out_at, size, flags);
  char where[PATH_MAX];
  FAIL_IF("write", open_path(fd, where));
  long start = out_at ? (long)*out_at : lseek(fd, 0, SEEK_CUR);
  take();
  ssize_t done = real(in, in_at, fd, out_at, size, flags);
  int kept = errno;
  if (done > 0 && *where) note_range(fd, where, start, done);
  drop();
  errno = kept;
  return done;
}
ssize_t sendfile64(int fd, int in, off64_t *in_at, size_t size) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  if (!state || busy) return real(fd, in, in_at, size);
  char where[PATH_MAX];
  FAIL_IF("write", open_path(fd, where));
  long start = lseek(fd, 0, SEEK_CUR);
  take();
  ssize_t done = real(fd, in, in_at, size);
  int kept = errno;
  if (done > 0 && *where) note_range(fd, where, start, done);
  drop();
  errno = kept;
  return done;
}
ssize_t sendfile(int fd, int in, off_t *in_at, size_t size) { return sendfile64(fd, in, (off64_t *)in_at, size); }

/* Calls on an open file. */
#define ON_FILE(name, call, ...) \
  if (!state || busy) return call; \
  char where[PATH_MAX]; \
  FAIL_IF(name, open_path(fd, where)); \
  take(); \
  int done = call; \
  int kept = errno; \
  if (!done) note(name, inode_of(fd), where, "", __VA_ARGS__, "", 0); \
  drop(); \
  errno = kept; \
  return done

int fsync(int fd) { REAL(int, "fsync", int); ON_FILE("fsync", real(fd), 0L); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); ON_FILE("fsync", real(fd), 0L); }
int ftruncate64(int fd, off64_t size) { REAL(int, "ftruncate64", int, off64_t); ON_FILE("truncate", real(fd, size), (long)size); }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int fchmod(int fd, mode_t mode) { REAL(int, "fchmod", int, mode_t); ON_FILE("chmod", real(fd, mode), 0L); }

/* Calls on names. */
#define ON_NAME(name, path, call) \
  if (!state || busy) return call; \
  char where[PATH_MAX]; \
  FAIL_IF(name, full(AT_FDCWD, path, where)); \
  take(); \
  int done = call; \
  int kept = errno; \
  if (!done) note(name, 0, where, "", 0, "", 0); \
  drop(); \
  errno = kept; \
  return done
#define ON_NAMES(name, from, to, call) \
  if (!state || busy) return call; \
  char where[PATH_MAX], other[PATH_MAX]; \
  full(AT_FDCWD, from, other); \
  FAIL_IF(name, full(AT_FDCWD, to, where)); \
  take(); \
  int done = call; \
  int kept = errno; \
  if (!done && *other) note(name, 0, other, where, 0, "", 0); \
  drop(); \
  errno = kept; \
  return done

int mkdir(const char *path, mode_t mode) { REAL(int, "mkdir", const char *, mode_t); ON_NAME("mkdir", path, real(path, mode)); }
int rmdir(const char *path) { REAL(int, "rmdir", const char *); ON_NAME("rmdir", path, real(path)); }
int unlink(const char *path) { REAL(int, "unlink", const char *); ON_NAME("unlink", path, real(path)); }
int chmod(const char *path, mode_t mode) { REAL(int, "chmod", const char *, mode_t); ON_NAME("chmod", path, real(path, mode)); }
int rename(const char *from, const char *to) { REAL(int, "rename", const char *, const char *); ON_NAMES("rename", from, to, real(from, to)); }
int link(const char *from, const char *to) { REAL(int, "link", const char *, const char *); ON_NAMES("link", from, to, real(from, to)); }
