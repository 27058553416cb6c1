/* sandbox.h - what a process of ours gives up for good: memory and time without
 * bound, the network, other programs, files.
 *
 * seccomp-bpf (seccomp(2)), and Landlock (landlock(7)) where the kernel has it; one that
 * has neither leaves it to the sandbox of the unit. Nothing of it can be undone, and a
 * child inherits it. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

#include "base/err.h"

/* Limits of a trial, also of what it starts: 1 GiB of address space, 60 s of processor
 * time, 64 descriptors, files of 1 MiB, no core. ERR_IO. */
bool sandbox_limit(struct err *e);

/* The same with another ceiling of processor time. */
bool sandbox_limit_to(int cpu_s, struct err *e);

/* For one thread that only reads files and paints: no sockets, no programs, no new
 * processes, nothing opened for writing, made, renamed or removed; what is open stays
 * open. Refused calls fail with EPERM. ERR_IO. */
bool sandbox_enter_trial(struct err *e);

/* As a trial, and reads no other files than these and what lies below these folders (those that
 * are there); what is open stays so. Without Landlock reading stays as it is. ERR_IO. */
bool sandbox_enter_helper(const char *const *readable, int count, struct err *e);

/* For who only computes: threads of its own, memory that is not code, the descriptors that it has, the clock.
 * Every other call is refused with EPERM, and no file can be opened. Not under sanitizers, which need more:
 * there as a trial. ERR_IO. */
bool sandbox_enter_player(struct err *e);

/* For a screen that is set up, all of its threads: new sockets are AF_UNIX or AF_NETLINK,
 * others fail with EAFNOSUPPORT. Not before a child that needs the network. ERR_IO. */
bool sandbox_enter_show(struct err *e);

#endif
