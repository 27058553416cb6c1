/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED true
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED false
#endif

#define TRIAL_MEMORY_BYTES (IS_SANITIZED ? RLIM_INFINITY : 1UL << 30) /* its shadow alone is terabytes */
#define TRIAL_CPU_S 60
#define TRIAL_FILES 64
#define TRIAL_FILE_BYTES (1UL << 20) /* its own words, where standard error is a file */

bool sandbox_limit_to(int cpu_s, struct err *e)
{
	const struct {
		__rlimit_resource_t what;
		rlim_t most;
	} limits[] = {{RLIMIT_AS, TRIAL_MEMORY_BYTES}, {RLIMIT_CPU, (rlim_t)cpu_s},
		{RLIMIT_NOFILE, TRIAL_FILES}, {RLIMIT_FSIZE, TRIAL_FILE_BYTES}, {RLIMIT_CORE, 0}};
	(void)signal(SIGXFSZ, SIG_IGN); /* a full log must not look like a bad version */
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		struct rlimit l = {limits[i].most, limits[i].most};
		if (setrlimit(limits[i].what, &l) != 0)
			return err_set(e, ERR_IO, "sandbox: cannot limit itself");
	}
	return true;
}

bool sandbox_limit(struct err *e)
{
	return sandbox_limit_to(TRIAL_CPU_S, e);
}

/* ---- seccomp ------------------------------------------------------------------ */

/* Calls that a trial has no use for, whatever their arguments. io_uring would go round
 * every filter; openat2 and clone3 keep their flags where no filter sees them. 32-bit machines have further
 * names for some; a call that a machine does not have is left out. */
static const int refused[] = {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
	SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
	SCMP_SYS(sendmmsg), SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
	SCMP_SYS(creat), SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(link),
	SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(chmod), SCMP_SYS(fchmod),
	SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat),
	SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(setxattr),
	SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr),
	SCMP_SYS(fremovexattr), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount2),
	SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(prlimit64), SCMP_SYS(setrlimit), SCMP_SYS(mq_open), SCMP_SYS(shmget), SCMP_SYS(msgget),
	SCMP_SYS(semget), SCMP_SYS(memfd_create), SCMP_SYS(truncate64), SCMP_SYS(ftruncate64),
	SCMP_SYS(chown32), SCMP_SYS(fchown32), SCMP_SYS(lchown32), SCMP_SYS(utimensat_time64)};

/* One argument under a mask: 32 bits are what the kernel looks at. */
static bool refuse_if(scmp_filter_ctx f, int call, unsigned arg, uint64_t mask, uint64_t value)
{
	return seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), call, 1,
		       SCMP_CMP(arg, SCMP_CMP_MASKED_EQ, mask, value)) == 0;
}

static bool refuse_writing(scmp_filter_ctx f, int call, unsigned flags)
{
	static const uint64_t bits[] = {O_CREAT, O_TRUNC, O_APPEND, O_TMPFILE & ~O_DIRECTORY};
	bool ok = refuse_if(f, call, flags, O_ACCMODE, O_WRONLY) &&
		  refuse_if(f, call, flags, O_ACCMODE, O_RDWR) &&
		  refuse_if(f, call, flags, O_ACCMODE, O_ACCMODE);
	for (size_t i = 0; ok && i < sizeof bits / sizeof bits[0]; i++)
		ok = refuse_if(f, call, flags, bits[i], bits[i]);
	return ok;
}

static bool refuse_all(scmp_filter_ctx f)
{
	bool ok = refuse_writing(f, SCMP_SYS(open), 1) && refuse_writing(f, SCMP_SYS(openat), 2) &&
		  seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) == 0 &&
		  seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
	for (size_t i = 0; ok && i < sizeof refused / sizeof refused[0]; i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
	if (IS_SANITIZED) /* its search for leaks at the end is a thread that traces the others */
		return ok;
	return ok && refuse_if(f, SCMP_SYS(clone), 0, CLONE_THREAD, 0) &&
	       seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ptrace), 0) == 0;
}

/* Families beside AF_UNIX and AF_NETLINK, one by one: an argument may be compared once a rule. */
static bool refuse_network(scmp_filter_ctx f)
{
	const uint32_t act = SCMP_ACT_ERRNO(EAFNOSUPPORT);
	bool ok = seccomp_rule_add(f, act, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GT, AF_NETLINK)) == 0 &&
		  seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(io_uring_setup), 0) == 0;
	for (unsigned family = 0; ok && family < AF_NETLINK; family++) {
		if (family != AF_UNIX)
			ok = seccomp_rule_add(f, act, SCMP_SYS(socket), 1,
				     SCMP_A0(SCMP_CMP_MASKED_EQ, UINT32_MAX, family)) == 0;
	}
	return ok;
}

/* A kernel without seccomp is no error. */
static bool load(scmp_filter_ctx f, bool is_made, struct err *e)
{
	int code = is_made ? seccomp_load(f) : -ENOMEM;
	seccomp_release(f);
	bool has_none = code == -ENOSYS || code == -EINVAL || code == -ECANCELED;
	return code == 0 || (has_none && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0) ||
	       err_set(e, ERR_IO, "sandbox: cannot be entered: %s", strerror(-code));
}

/* ---- Landlock -------------------------------------------------------------------- */

/* linux/landlock.h of Debian 12 ends at version 3. */
struct landlock_rules {
	uint64_t fs, net, scoped;
};

#define LANDLOCK_VERSION 1U /* ask for it instead of making a ruleset */
#define LANDLOCK_EXECUTE (1U << 0)
#define LANDLOCK_WRITE 0x1ff2U /* all of version 1 but execute, reading files and folders */
#define LANDLOCK_READ_FILE (1U << 2)
#define LANDLOCK_READ_FOLDER (1U << 3)
#define LANDLOCK_BELOW 1 /* a rule about a path */
#define LANDLOCK_REFER (1U << 13)
#define LANDLOCK_TRUNCATE (1U << 14)
#define LANDLOCK_TCP 3U /* bind, connect */
#define LANDLOCK_SCOPED 3U /* abstract sockets, signals */

struct landlock_below {
	uint64_t allowed;
	int32_t folder_fd;
} __attribute__((packed));

/* A path that is not there allows nothing. */
static void allow_reading(int rules, const char *path)
{
	struct stat st;
	struct landlock_below below = {.folder_fd = open(path, O_PATH | O_CLOEXEC)};
	if (below.folder_fd < 0)
		return;
	below.allowed = LANDLOCK_READ_FILE;
	if (fstat(below.folder_fd, &st) == 0 && S_ISDIR(st.st_mode))
		below.allowed |= LANDLOCK_READ_FOLDER;
	(void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_BELOW, &below, 0);
	(void)close(below.folder_fd);
}

/* Handles writing and executing and allows neither anywhere. Reading stays as it is, unless
 * it is said what may be read. */
static void enter_landlock(const char *const *readable, int count)
{
	struct landlock_rules r = {.fs = LANDLOCK_EXECUTE | LANDLOCK_WRITE};
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
	size_t len = sizeof r.fs;
	if (version < 1)
		return; /* ENOSYS, EOPNOTSUPP: the filter holds alone */
	if (readable)
		r.fs |= LANDLOCK_READ_FILE | LANDLOCK_READ_FOLDER;
	if (version >= 2)
		r.fs |= LANDLOCK_REFER;
	if (version >= 3)
		r.fs |= LANDLOCK_TRUNCATE;
	if (version >= 4) {
		r.net = LANDLOCK_TCP;
		len += sizeof r.net;
	}
	if (version >= 6) {
		r.scoped = LANDLOCK_SCOPED;
		len += sizeof r.scoped;
	}
	int fd = (int)syscall(SYS_landlock_create_ruleset, &r, len, 0);
	if (fd < 0)
		return;
	for (int i = 0; i < count; i++)
		allow_reading(fd, readable[i]);
	(void)syscall(SYS_landlock_restrict_self, fd, 0);
	(void)close(fd);
}

static bool enter(const char *const *readable, int count, struct err *e)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set(e, ERR_IO, "sandbox: %s", strerror(errno));
	enter_landlock(readable, count);
	return load(f, f && refuse_all(f), e);
}

bool sandbox_enter_trial(struct err *e)
{
	return enter(NULL, 0, e);
}

bool sandbox_enter_helper(const char *const *readable, int count, struct err *e)
{
	return enter(readable, count, e);
}

/* What a thread that decodes needs of the kernel, and its start and its end. */
static const int computes[] = {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(lseek), SCMP_SYS(_llseek),
	SCMP_SYS(close), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(futex_time64),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(gettid), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)};

static bool allow_if(scmp_filter_ctx f, int call, unsigned arg, uint64_t mask, uint64_t value)
{
	return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1, SCMP_CMP(arg, SCMP_CMP_MASKED_EQ, mask, value)) ==
	       0;
}

/* clone3 keeps its flags where no filter sees them: the C library then takes clone. */
static bool allow_computing(scmp_filter_ctx f)
{
	bool ok = allow_if(f, SCMP_SYS(mmap), 2, PROT_EXEC, 0) &&
		  allow_if(f, SCMP_SYS(mmap2), 2, PROT_EXEC, 0) &&
		  allow_if(f, SCMP_SYS(mprotect), 2, PROT_EXEC, 0) &&
		  allow_if(f, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD) &&
		  seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
	for (size_t i = 0; ok && i < sizeof computes / sizeof computes[0]; i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ALLOW, computes[i], 0) == 0;
	return ok;
}

bool sandbox_enter_player(struct err *e)
{
	static const char *const nothing[] = {NULL};
	if (IS_SANITIZED)
		return sandbox_enter_trial(e);
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set(e, ERR_IO, "sandbox: %s", strerror(errno));
	enter_landlock(nothing, 0);
	return load(f, f && allow_computing(f), e);
}

bool sandbox_enter_show(struct err *e)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	if (f && seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1) == -EOPNOTSUPP) {
		seccomp_release(f); /* no seccomp(2): an old kernel, or a unit's filter without it */
		return true;
	}
	return load(f, f && refuse_network(f), e);
}
