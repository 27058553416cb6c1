/* SPDX-License-Identifier: Apache-2.0
 *
 * To be preloaded: the N-th call of one family fails, as the environment says.
 *
 *   FAIL_CALL     open, read, write, sync, rename, truncate, mkdir, unlink, lock, process, memory
 *   FAIL_WITH     an errno's name (EIO), "short": half of what was asked is read or written, or
 *                 "kill": the process is killed before the call
 *   FAIL_AT       the number of the call; 0: none fails, they are only counted
 *   FAIL_ON=1     that call and all after it
 *   FAIL_UNDER    only calls on this folder and what is below it (not for memory, process)
 *   FAIL_WHILE    only while this file exists; what came before it is not counted
 *   FAIL_PROGRAM  only in the program of this name: its children have the same environment
 *   FAIL_TOLD     a file that gets a line "struck PATH" when a call fails, and "calls N" at the
 *                 end; of memory "in LIBRARY" for each failure: who asked for it
 *   CLOCK_SHIFT   a file that holds the seconds by which CLOCK_REALTIME is wrong, though the
 *                 kernel says that it is synchronised
 *
 * Nothing here allocates. Calls of its own go to the kernel, and are not counted. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static struct {
	const char *call, *under, *told, *only_while;
	long at;
	bool goes_on, is_short, kills;
	int code;
} order;
static atomic_bool is_armed;
static atomic_long calls;

static void tell(const char *line)
{
	long fd = syscall(SYS_openat, AT_FDCWD, order.told, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (fd < 0)
		return;
	(void)syscall(SYS_write, fd, line, strlen(line));
	(void)syscall(SYS_close, fd);
}

static int code_of(const char *name)
{
	for (int code = 1; code < 134; code++) {
		const char *known = strerrorname_np(code);
		if (known && strcmp(known, name) == 0)
			return code;
	}
	return 0;
}

__attribute__((constructor)) static void arm(void)
{
	const char *program = getenv("FAIL_PROGRAM"), *at = getenv("FAIL_AT"), *with = getenv("FAIL_WITH");
	order.call = getenv("FAIL_CALL");
	order.under = getenv("FAIL_UNDER");
	order.told = getenv("FAIL_TOLD");
	order.only_while = getenv("FAIL_WHILE");
	order.goes_on = getenv("FAIL_ON") != NULL;
	order.at = at ? atol(at) : 0;
	order.is_short = with && strcmp(with, "short") == 0;
	order.kills = with && strcmp(with, "kill") == 0;
	order.code = with ? code_of(with) : 0;
	is_armed = order.call && (!program || strcmp(program, program_invocation_short_name) == 0);
}

__attribute__((destructor)) static void tell_count(void)
{
	char line[40];
	bool was_armed = atomic_exchange(&is_armed, false);
	if (!was_armed || !order.told)
		return;
	(void)snprintf(line, sizeof line, "calls %ld\n", calls);
	tell(line);
}

static bool is_below(const char *path)
{
	size_t len = order.under ? strlen(order.under) : 0;
	return len == 0 || (strncmp(path, order.under, len) == 0 && (path[len] == '/' || path[len] == '\0'));
}

/* True: this call fails, and errno says how. */
static bool fails(const char *call, const char *path)
{
	if (!is_armed || strcmp(order.call, call) != 0 || (path && !is_below(path)))
		return false;
	if (order.only_while && syscall(SYS_access, order.only_while, F_OK) != 0)
		return false;
	long number = ++calls;
	if (order.at == 0 || number < order.at || (number > order.at && !order.goes_on))
		return false;
	if (order.told && number == order.at) {
		char line[PATH_MAX + 16];
		(void)snprintf(line, sizeof line, "struck %s\n", path ? path : "");
		tell(line);
	}
	if (order.kills)
		(void)syscall(SYS_kill, getpid(), SIGKILL);
	errno = order.code;
	return true;
}

/* The same, for a call on a descriptor. */
static bool fails_fd(const char *call, int fd)
{
	char link[40], path[PATH_MAX];
	if (!is_armed || strcmp(order.call, call) != 0)
		return false;
	(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	long len = syscall(SYS_readlink, link, path, sizeof path - 1);
	path[len > 0 ? len : 0] = '\0';
	return fails(call, path);
}

#define REAL(name)                                                                                           \
	do {                                                                                                 \
		if (!real)                                                                                   \
			*(void **)&real = dlsym(RTLD_NEXT, name);                                            \
	} while (0)

/* ---- files ---------------------------------------------------------------------- */

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return fails("open", path) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return fails("open", path) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int mkostemp(char *template, int flags)
{
	static int (*real)(char *, int);
	REAL("mkostemp");
	return fails("open", template) ? -1 : real(template, flags);
}

FILE *fopen(const char *path, const char *mode)
{
	static FILE *(*real)(const char *, const char *);
	REAL("fopen");
	return fails("open", path) ? NULL : real(path, mode);
}

int mkostemp64(char *template, int flags)
{
	return mkostemp(template, flags);
}

FILE *fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}

#define TRANSFER(name, call, params, number, ...)                                                            \
	ssize_t name params                                                                                  \
	{                                                                                                    \
		if (fails_fd(call, fd)) {                                                                    \
			if (!order.is_short)                                                                 \
				return -1;                                                                   \
			len = len > 1 ? len / 2 : len;                                                       \
		}                                                                                            \
		return syscall(number, __VA_ARGS__);                                                         \
	}
TRANSFER(read, "read", (int fd, void *to, size_t len), SYS_read, fd, to, len)
TRANSFER(pread, "read", (int fd, void *to, size_t len, off_t at), SYS_pread64, fd, to, len, at)
TRANSFER(pread64, "read", (int fd, void *to, size_t len, off_t at), SYS_pread64, fd, to, len, at)
TRANSFER(write, "write", (int fd, const void *from, size_t len), SYS_write, fd, from, len)
TRANSFER(pwrite, "write", (int fd, const void *from, size_t len, off_t at), SYS_pwrite64, fd, from, len, at)
TRANSFER(pwrite64, "write", (int fd, const void *from, size_t len, off_t at), SYS_pwrite64, fd, from, len, at)

#define ON_FD(name, call, params, number, ...)                                                               \
	int name params                                                                                      \
	{                                                                                                    \
		return fails_fd(call, fd) ? -1 : (int)syscall(number, __VA_ARGS__);                          \
	}
ON_FD(fsync, "sync", (int fd), SYS_fsync, fd)
ON_FD(fdatasync, "sync", (int fd), SYS_fdatasync, fd)
ON_FD(ftruncate, "truncate", (int fd, off_t len), SYS_ftruncate, fd, len)
ON_FD(ftruncate64, "truncate", (int fd, off_t len), SYS_ftruncate, fd, len)

int fcntl64(int fd, int command, ...)
{
	va_list args;
	va_start(args, command);
	void *arg = va_arg(args, void *);
	va_end(args);
	bool locks =
		command == F_SETLK || command == F_OFD_SETLK || command == F_GETLK || command == F_OFD_GETLK;
	return locks && fails_fd("lock", fd) ? -1 : (int)syscall(SYS_fcntl, fd, command, arg);
}

int fcntl(int fd, int command, ...)
{
	va_list args;
	va_start(args, command);
	void *arg = va_arg(args, void *);
	va_end(args);
	return fcntl64(fd, command, arg);
}

int rename(const char *from, const char *to)
{
	return fails("rename", to) ? -1 : (int)syscall(SYS_rename, from, to);
}

int mkdir(const char *path, mode_t mode)
{
	return fails("mkdir", path) ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

int unlink(const char *path)
{
	return fails("unlink", path) ? -1 : (int)syscall(SYS_unlink, path);
}

int unlinkat(int folder, const char *name, int flags)
{
	return fails_fd("unlink", folder) ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

/* ---- processes and what they talk through ------------------------------------------- */

int pipe2(int ends[2], int flags)
{
	return fails("process", NULL) ? -1 : (int)syscall(SYS_pipe2, ends, flags);
}

pid_t fork(void)
{
	static pid_t (*real)(void);
	REAL("fork");
	return fails("process", NULL) ? -1 : real();
}

int socket(int domain, int type, int protocol)
{
	return fails("process", NULL) ? -1 : (int)syscall(SYS_socket, domain, type, protocol);
}

int connect(int fd, const struct sockaddr *to, socklen_t len)
{
	return fails("process", NULL) ? -1 : (int)syscall(SYS_connect, fd, to, len);
}

/* ---- memory ------------------------------------------------------------------------- */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

/* Whose call it was: of memory that is told instead of a path. */
static const char *caller_of(const void *address)
{
	Dl_info of = {0};
	const char *slash = dladdr(address, &of) && of.dli_fname ? strrchr(of.dli_fname, '/') : NULL;
	return slash ? slash + 1 : "";
}

#define FAILS_MEMORY() (fails("memory", NULL) && (tell_caller(__builtin_return_address(0)), true))
static void tell_caller(const void *address)
{
	char line[NAME_MAX + 8];
	int code = errno;
	bool was_armed = atomic_exchange(&is_armed, false);
	(void)snprintf(line, sizeof line, "in %s\n", caller_of(address));
	if (order.told)
		tell(line);
	is_armed = was_armed;
	errno = code;
}

void *malloc(size_t bytes)
{
	return FAILS_MEMORY() ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
	return FAILS_MEMORY() ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
	return FAILS_MEMORY() ? NULL : __libc_realloc(old, bytes);
}

void *reallocarray(void *old, size_t count, size_t bytes)
{
	size_t total;
	if (__builtin_mul_overflow(count, bytes, &total)) {
		errno = ENOMEM;
		return NULL;
	}
	return FAILS_MEMORY() ? NULL : __libc_realloc(old, total);
}

/* ---- the clock ---------------------------------------------------------------------- */

int clock_gettime(clockid_t id, struct timespec *out)
{
	char digits[24] = "";
	const char *shift = id == CLOCK_REALTIME ? getenv("CLOCK_SHIFT") : NULL;
	int result = (int)syscall(SYS_clock_gettime, id, out);
	long fd = shift ? syscall(SYS_openat, AT_FDCWD, shift, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return result;
	(void)syscall(SYS_read, fd, digits, sizeof digits - 1);
	(void)syscall(SYS_close, fd);
	out->tv_sec += atoll(digits);
	return result;
}

int adjtimex(struct timex *t)
{
	if (!getenv("CLOCK_SHIFT"))
		return (int)syscall(SYS_adjtimex, t);
	*t = (struct timex){0};
	return TIME_OK;
}
