/*
 * A disk that lies, for LD_PRELOAD: records each write, truncation, sync, rename and removal of the forum's durable files
 * (not of their shared memory, nor of what can be built anew) with its data, and fails the one that it is told to.
 *
 *   DISK_DIR    the folder whose files are meant; only the names below it count
 *   DISK_TRACE  the file that the records are added to
 *   DISK_FAIL   NAME:KIND:N:ERRNO, e.g. log.db:sync:2:5 fails the second sync of log.db; KIND is write or sync; read fails from the n-th on
 *   DISK_SLOW   NAME:MICROSECONDS, e.g. log.db:300: each write of log.db takes so long, while others go on
 *   DISK_FULL   NAME:FLAG, e.g. log.db:/tmp/full: no write of log.db finds room as long as the file FLAG is there
 *
 * A record: kind (1 byte), length of the name, offset, length of the data (8 bytes each, little-endian), name, data.
 * W write, T truncate (offset: the new size), S sync, F failed sync, U unlink, R rename (data: the new name), C create.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 65536
/** Of open files by descriptor; what is closed behind our back (libuv asks the kernel itself) is known by its inode. */
static struct { char *name; ino_t inode; } files[FILES];
static const char *dir;
static size_t dir_length;
static int trace = -1;
static const char *fail_name;
static char fail_kind;
static long fail_at;
static int fail_errno;
static long seen;
static const char *slow_name;
static useconds_t slow_for;
static const char *full_name;
static const char *full_flag;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static void read_fail(char *text) {
  char *kind = strchr(text, ':');
  char *at = kind ? strchr(kind + 1, ':') : NULL;
  char *number = at ? strchr(at + 1, ':') : NULL;
  if (!number) abort();
  *kind = '\0';
  fail_name = text;
  fail_kind = kind[1];
  fail_at = atol(at + 1);
  fail_errno = atoi(number + 1);
}

__attribute__((constructor)) static void start(void) {
  real_open = dlsym(RTLD_NEXT, "open64");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_read = dlsym(RTLD_NEXT, "read");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_rename = dlsym(RTLD_NEXT, "rename");
  const char *file = getenv("DISK_TRACE");
  if (!getenv("DISK_DIR") || !file) return;
  dir = strdup(getenv("DISK_DIR"));
  dir_length = strlen(dir);
  trace = real_open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (getenv("DISK_FAIL")) read_fail(strdup(getenv("DISK_FAIL")));
  char *full = getenv("DISK_FULL") ? strdup(getenv("DISK_FULL")) : NULL;
  char *flag = full ? strchr(full, ':') : NULL;
  if (flag) {
    *flag = '\0';
    full_name = full;
    full_flag = flag + 1;
  }
  char *slow = getenv("DISK_SLOW") ? strdup(getenv("DISK_SLOW")) : NULL;
  char *times = slow ? strchr(slow, ':') : NULL;
  if (times) {
    *times = '\0';
    slow_name = slow;
    slow_for = (useconds_t)atol(times + 1);
  }
}

/** The name below the folder, or NULL for a file that is not meant. */
static const char *meant(const char *path) {
  if (!dir || strncmp(path, dir, dir_length) != 0 || path[dir_length] != '/') return NULL;
  const char *name = path + dir_length + 1;
  static const char *const kept[] = {"log.db", "log.db-wal", "log.db-journal", "vault.db", "vault.db-wal", "vault.db-journal"};
  for (size_t at = 0; at < sizeof kept / sizeof *kept; at += 1) if (strcmp(name, kept[at]) == 0) return name;
  return strncmp(name, "tree/", 5) == 0 ? name : NULL;
}

static const char *name_of(int fd) {
  if (fd < 0 || fd >= FILES || !files[fd].name) return NULL;
  int kept = errno;
  struct stat status;
  int same = fstat(fd, &status) == 0 && status.st_ino == files[fd].inode;
  errno = kept;
  return same ? files[fd].name : NULL;
}

static void put(uint8_t *to, uint64_t value) { for (int at = 0; at < 8; at += 1) to[at] = (uint8_t)(value >> (8 * at)); }

static void record(char kind, const char *name, uint64_t offset, const void *data, size_t length) {
  uint8_t head[25];
  head[0] = (uint8_t)kind;
  put(head + 1, strlen(name));
  put(head + 9, offset);
  put(head + 17, length);
  struct iovec parts[3] = {{head, sizeof head}, {(void *)name, strlen(name)}, {(void *)data, length}};
  size_t due = sizeof head + strlen(name) + length;
  if (real_writev(trace, parts, 3) != (ssize_t)due) abort();
}

/** Called with the lock: whether this is the one that fails; then errno says why. */
static int fails(char kind, const char *name) {
  if (!fail_name || kind != fail_kind || strcmp(name, fail_name) != 0) return 0;
  seen += 1;
  if (seen != fail_at) return 0;
  errno = fail_errno;
  return 1;
}

/** Whether there is no room for it now; then errno says so. */
static int is_full(const char *name) {
  if (!full_name || strcmp(name, full_name) != 0 || access(full_flag, F_OK) != 0) return 0;
  errno = ENOSPC;
  return 1;
}

static int opened(const char *path, int flags, mode_t mode) {
  const char *name = meant(path);
  if (!name) return real_open(path, flags, mode);
  pthread_mutex_lock(&lock);
  int fresh = access(path, F_OK) != 0;
  int fd = real_open(path, flags, mode);
  if (fd >= 0 && fd < FILES) {
    struct stat status;
    if (fstat(fd, &status) != 0) abort();
    files[fd].inode = status.st_ino;
    files[fd].name = strdup(name);
    if (fresh) record('C', name, 0, "", 0);
    else if (flags & O_TRUNC) record('T', name, 0, "", 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

static ssize_t pwritten(int fd, const void *bytes, size_t length, off_t offset) {
  const char *name = name_of(fd);
  if (!name) return real_pwrite(fd, bytes, length, offset);
  if (slow_name && strcmp(name, slow_name) == 0) usleep(slow_for);
  pthread_mutex_lock(&lock);
  ssize_t got = fails('w', name) || is_full(name) ? -1 : real_pwrite(fd, bytes, length, offset);
  int kept = errno;
  if (got > 0) record('W', name, (uint64_t)offset, bytes, (size_t)got);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return got;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwritten(fd, bytes, length, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return pwritten(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  const char *name = name_of(fd);
  if (!name) return real_write(fd, bytes, length);
  pthread_mutex_lock(&lock);
  ssize_t got = fails('w', name) || is_full(name) ? -1 : real_write(fd, bytes, length);
  int kept = errno;
  if (got > 0) record('W', name, (uint64_t)(lseek(fd, 0, SEEK_CUR) - got), bytes, (size_t)got);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return got;
}

/** A disk that has stopped to answer does so for good. */
static int is_silent(int fd) {
  const char *name = fail_kind == 'r' ? name_of(fd) : NULL;
  if (!name || strcmp(name, fail_name) != 0) return 0;
  pthread_mutex_lock(&lock);
  seen += 1;
  int silent = seen >= fail_at;
  pthread_mutex_unlock(&lock);
  if (silent) errno = fail_errno;
  return silent;
}

ssize_t read(int fd, void *bytes, size_t length) { return is_silent(fd) ? -1 : real_read(fd, bytes, length); }

ssize_t pread(int fd, void *bytes, size_t length, off_t offset) {
  return is_silent(fd) ? -1 : real_pread(fd, bytes, length, offset);
}

ssize_t pread64(int fd, void *bytes, size_t length, off_t offset) {
  return is_silent(fd) ? -1 : real_pread(fd, bytes, length, offset);
}

static int truncated(int fd, off_t size) {
  const char *name = name_of(fd);
  if (!name) return real_ftruncate(fd, size);
  pthread_mutex_lock(&lock);
  int got = real_ftruncate(fd, size);
  if (got == 0) record('T', name, (uint64_t)size, "", 0);
  pthread_mutex_unlock(&lock);
  return got;
}

int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return truncated(fd, size); }

static int synced(int fd, int (*real)(int)) {
  const char *name = name_of(fd);
  if (!name) return real(fd);
  pthread_mutex_lock(&lock);
  int failing = fails('s', name);
  int kept = errno;
  record(failing ? 'F' : 'S', name, 0, "", 0);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return failing ? -1 : 0;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int unlink(const char *path) {
  const char *name = meant(path);
  if (!name) return real_unlink(path);
  pthread_mutex_lock(&lock);
  int got = real_unlink(path);
  if (got == 0) record('U', name, 0, "", 0);
  pthread_mutex_unlock(&lock);
  return got;
}

int rename(const char *from, const char *to) {
  const char *name = meant(from);
  const char *other = meant(to);
  if (!name || !other) return real_rename(from, to);
  pthread_mutex_lock(&lock);
  int got = real_rename(from, to);
  if (got == 0) record('R', name, 0, other, strlen(other));
  pthread_mutex_unlock(&lock);
  return got;
}
