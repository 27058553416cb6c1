/* SPDX-License-Identifier: Apache-2.0
 *
 * What a trial and a screen can still do once they are in their sandbox. Each case is a
 * child that enters it and tries; outside, the same must work, or the case shows nothing. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/sandbox.h"
#include "scratch.h"
#include "sentences.h"

static char folder[SCRATCH_PATH_MAX];
static int nameless; /* memory as a file, made before */
static char there[SCRATCH_PATH_MAX + 16], fresh[SCRATCH_PATH_MAX + 16];

/* Each gives 0 when it could, or errno. */
static int of(int result)
{
	return result < 0 ? errno : 0;
}
static int open_with(int flags)
{
	return of(open(there, flags, 0600));
}
static int read_file(void)
{
	return open_with(O_RDONLY | O_CLOEXEC);
}
static int write_file(void)
{
	return open_with(O_WRONLY);
}
static int change_file(void)
{
	return open_with(O_RDWR);
}
static int empty_file(void)
{
	return open_with(O_RDONLY | O_TRUNC);
}
static int make_file(void)
{
	return of(open(fresh, O_RDONLY | O_CREAT, 0600));
}
static int make_nameless(void)
{
	return of(open(folder, O_TMPFILE | O_RDWR, 0600));
}
static int write_by_openat2(void)
{
	const uint64_t how[3] = {O_WRONLY, 0, 0};
	return of((int)syscall(SYS_openat2, AT_FDCWD, there, how, sizeof how));
}
static int write_with_high_bits(void)
{
	return of((int)syscall(SYS_openat, AT_FDCWD, there, (long)O_WRONLY | 1L << 40, 0));
}
static int remove_file(void)
{
	return of(unlink(there));
}
static int rename_file(void)
{
	return of(rename(there, fresh));
}
static int make_folder(void)
{
	return of(mkdir(fresh, 0700));
}
static int make_link(void)
{
	return of(symlink(there, fresh));
}
static int change_mode(void)
{
	return of(chmod(there, 0644));
}
static int cut_file(void)
{
	return of(truncate(there, 1));
}
static int open_tcp(void)
{
	return of(socket(AF_INET, SOCK_STREAM, 0));
}
static int open_tcp6(void)
{
	int code = of(socket(AF_INET6, SOCK_STREAM, 0));
	return code == EAFNOSUPPORT ? open_tcp() : code; /* a machine without IPv6 */
}
static int open_udp_with_high_bits(void)
{
	return of((int)syscall(SYS_socket, (long)AF_INET | 1L << 40, SOCK_DGRAM, 0));
}
static int open_local(void)
{
	return of(socket(AF_UNIX, SOCK_STREAM, 0));
}
static int open_netlink(void)
{
	return of(socket(AF_NETLINK, SOCK_RAW, 0));
}
static int open_packet(void)
{
	return of(socket(AF_PACKET, SOCK_RAW, 0));
}
static int run_program(void)
{
	char *const argv[] = {(char[]){"true"}, NULL};
	return of(execv("/bin/true", argv));
}
__attribute__((unused)) static int fork_child(void)
{
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	return of(child);
}
static int kill_parent(void)
{
	return of(kill(getppid(), 0));
}
static int start_ring(void)
{
	char params[128] = {0};
	int fd = (int)syscall(SYS_io_uring_setup, 4, params);
	return fd < 0 && errno != EFAULT ? errno : 0;
}
static int write_what_is_open(void)
{
	return write(STDERR_FILENO, "", 0) == 0 ? 0 : errno;
}
static int read_other_file(void)
{
	return of(open("/etc/passwd", O_RDONLY));
}
static int list_other_folder(void)
{
	return of(open("/etc", O_RDONLY | O_DIRECTORY));
}
static int open_nameless_again(void)
{
	char path[40];
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", nameless);
	return of(open(path, O_RDONLY));
}
static int allocate(void)
{
	char *bytes = alloc_zero(1 << 20, 1);
	int code = bytes[12345];
	free(bytes);
	return code;
}

#ifndef __SANITIZE_ADDRESS__ /* there a player is a trial */
static int read_what_is_open(void)
{
	char byte;
	return lseek(nameless, 0, SEEK_SET) == 0 ? of((int)read(nameless, &byte, 1)) : errno;
}
static void *nothing(void *user)
{
	return user;
}
static int make_thread(void)
{
	pthread_t thread;
	int code = pthread_create(&thread, NULL, nothing, NULL);
	return code ? code : pthread_join(thread, NULL);
}
static int map_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? errno : 0;
}
static int make_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? 255 : of(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}
#endif

enum place { OUTSIDE, TRIAL, HELPER, SHOW, PLAYER };

static const struct row {
	const char *says;
	int (*try)(void);
	enum place place;
	int may_not; /* 0: it may; else the errno */
} rows[] = {
	{"trial: a file can be read", read_file, TRIAL, 0},
	{"trial: what is open can be written", write_what_is_open, TRIAL, 0},
	{"trial: memory can be had", allocate, TRIAL, 0},
	{"trial: no file opened for writing", write_file, TRIAL, EPERM},
	{"trial: nor for both", change_file, TRIAL, EPERM},
	{"trial: nor emptied while it is opened", empty_file, TRIAL, EPERM},
	{"trial: nor by openat2, which no filter sees into", write_by_openat2, TRIAL, ENOSYS},
	{"trial: nor with bits that the kernel does not look at", write_with_high_bits, TRIAL, EPERM},
	{"trial: no file made", make_file, TRIAL, EPERM},
	{"trial: nor one without a name", make_nameless, TRIAL, EPERM},
	{"trial: no file removed", remove_file, TRIAL, EPERM},
	{"trial: no file renamed", rename_file, TRIAL, EPERM},
	{"trial: no file cut", cut_file, TRIAL, EPERM},
	{"trial: no folder made", make_folder, TRIAL, EPERM},
	{"trial: no link made", make_link, TRIAL, EPERM},
	{"trial: no mode changed", change_mode, TRIAL, EPERM},
	{"trial: no TCP", open_tcp, TRIAL, EPERM},
	{"trial: no IPv6", open_tcp6, TRIAL, EPERM},
	{"trial: no local socket", open_local, TRIAL, EPERM},
	{"trial: no netlink", open_netlink, TRIAL, EPERM},
	{"trial: no other program", run_program, TRIAL, EPERM},
#ifndef __SANITIZE_ADDRESS__ /* its search for leaks is a process beside ours */
	{"trial: no child", fork_child, TRIAL, EPERM},
#endif
	{"trial: no signal to others", kill_parent, TRIAL, EPERM},
	{"trial: no io_uring, which would go round it", start_ring, TRIAL, EPERM},
	{"helper: what it was told of can be read", read_file, HELPER, 0},
	{"helper: and what it was given without a name", open_nameless_again, HELPER, 0},
	{"helper: no other file", read_other_file, HELPER, EACCES},
	{"helper: no other folder", list_other_folder, HELPER, EACCES},
	{"helper: nothing opened for writing", write_file, HELPER, EPERM},
	{"helper: no TCP", open_tcp, HELPER, EPERM},
	{"helper: no other program", run_program, HELPER, EPERM},
#ifndef __SANITIZE_ADDRESS__
	{"player: memory can be had", allocate, PLAYER, 0},
	{"player: a thread", make_thread, PLAYER, 0},
	{"player: what is open can be read", read_what_is_open, PLAYER, 0},
	{"player: no file is opened", read_file, PLAYER, EPERM},
	{"player: not even what it has", open_nameless_again, PLAYER, EPERM},
	{"player: no memory that is code", map_code, PLAYER, EPERM},
	{"player: nor made so", make_code, PLAYER, EPERM},
	{"player: no local socket", open_local, PLAYER, EPERM},
	{"player: no TCP", open_tcp, PLAYER, EPERM},
	{"player: no child", fork_child, PLAYER, EPERM},
	{"player: no other program", run_program, PLAYER, EPERM},
	{"player: no signal to others", kill_parent, PLAYER, EPERM},
	{"player: no io_uring", start_ring, PLAYER, EPERM},
#endif
	{"show: a local socket", open_local, SHOW, 0},
	{"show: netlink, for what is plugged in", open_netlink, SHOW, 0},
	{"show: files can be written, for --record", write_file, SHOW, 0},
	{"show: no TCP", open_tcp, SHOW, EAFNOSUPPORT},
	{"show: no IPv6", open_tcp6, SHOW, EAFNOSUPPORT},
	{"show: no UDP with bits that the kernel does not look at", open_udp_with_high_bits, SHOW,
		EAFNOSUPPORT},
	{"show: no packets", open_packet, SHOW, EAFNOSUPPORT},
	{"show: no io_uring", start_ring, SHOW, ENOSYS},
};

static bool enter(enum place place)
{
	struct err e = {0};
	const char *readable[] = {folder, "/nowhere"};
	switch (place) {
	case TRIAL:
		return sandbox_enter_trial(&e);
	case HELPER:
		return sandbox_enter_helper(readable, 2, &e);
	case SHOW:
		return sandbox_enter_show(&e);
	case PLAYER:
		return sandbox_enter_player(&e);
	default:
		return true;
	}
}

/* In a child, for nobody comes back. */
static int try_in(enum place place, int (*try)(void))
{
	int status;
	scratch_write(folder, "there", "words", 5);
	(void)remove(fresh);
	pid_t child = fork();
	if (child == 0)
		_exit(enter(place) ? try() : 255);
	assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void check_row(void **state)
{
	const struct row *r = *state;
	int outside = try_in(OUTSIDE, r->try);
	if (outside != 0) /* not to be had on this machine at all: root only, or not built in */
		skip();
	if (r->may_not == EACCES && syscall(SYS_landlock_create_ruleset, NULL, 0, 1U) < 1)
		skip(); /* only Landlock refuses that */
	assert_int_equal(try_in(r->place, r->try), r->may_not);
}

/* A thread that was there before is in it too. */
static int pipe_ends[2];
static void *wait_and_try(void *user)
{
	char byte;
	(void)user;
	if (read(pipe_ends[0], &byte, 1) != 1)
		return (void *)(intptr_t)255;
	return (void *)(intptr_t)open_tcp();
}

static int try_in_thread(void)
{
	pthread_t thread;
	void *result;
	struct err e = {0};
	if (pipe(pipe_ends) != 0 || pthread_create(&thread, NULL, wait_and_try, NULL) != 0 ||
		!sandbox_enter_show(&e) || write(pipe_ends[1], "", 1) != 1 ||
		pthread_join(thread, &result) != 0)
		return 255;
	return (int)(intptr_t)result;
}

static void check_threads(void **state)
{
	(void)state;
	assert_int_equal(try_in(OUTSIDE, try_in_thread), EAFNOSUPPORT);
}

/* A unit's filter that lets everything through but seccomp(2) itself, as systemd's
 * @system-service does. */
static bool deny_seccomp(void)
{
	struct sock_filter code[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
	struct sock_fprog program = {sizeof code / sizeof code[0], code};
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static int try_trial_in_unit(void)
{
	return deny_seccomp() && enter(TRIAL) ? open_tcp() : 255;
}

static int try_show_in_unit(void)
{
	return deny_seccomp() && enter(SHOW) ? open_local() : 255;
}

static void check_units(void **state)
{
	(void)state;
	assert_int_equal(try_in(OUTSIDE, try_trial_in_unit), EPERM);
	assert_int_equal(try_in(OUTSIDE, try_show_in_unit), 0);
}

static int grow(void)
{
	struct err e = {0};
	if (!sandbox_limit(&e))
		return 255;
	for (int i = 0; i < 64; i++) { /* 2 GiB */
		if (!malloc(32 << 20))
			return ENOMEM;
	}
	return 0;
}

static void check_memory(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip();
#endif
	assert_int_equal(try_in(OUTSIDE, grow), ENOMEM);
}

int main(void)
{
	struct sentences s = {0};
	scratch_make(folder);
	(void)snprintf(there, sizeof there, "%s/there", folder);
	(void)snprintf(fresh, sizeof fresh, "%s/fresh", folder);
	nameless = memfd_create("nameless", MFD_CLOEXEC);
	SENTENCES_ROWS(&s, rows, check_row);
	sentences_add(&s, "show: also in a thread that was there before", check_threads, NULL);
	sentences_add(&s, "both can be entered where seccomp(2) is refused", check_units, NULL);
	sentences_add(&s, "a trial's memory ends at 1 GiB", check_memory, NULL);
	int failed = sentences_run(&s, "sandbox");
	scratch_remove(folder);
	return failed;
}
