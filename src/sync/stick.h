/* stick.h - is there a stick with a feed on it?
 *
 * A stick is a folder fangzi-feed/ with a head.json, in the folder that was named or up to two below
 * it, where a desktop (/media/NAME/LABEL) or fangzi-stick@.service mounts. What is on one is believed
 * no more than what any server says: it is looked at like a feed. One thread. */
#ifndef STICK_H
#define STICK_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#define STICK_SEEN_MAX 8
#define STICK_ADDRESS_MAX 1024

struct stick {
	char address[STICK_ADDRESS_MAX]; /* of the one that was found, file:///... */
	struct stat head; /* of its head.json */
	struct {
		dev_t device;
		ino_t inode;
		struct timespec changed;
	} seen[STICK_SEEN_MAX]; /* those that need not be looked at again */
	int seen_count;
	int64_t again_ms; /* monotonic: not before */
};

/* A descriptor with POLLPRI whenever something was mounted or unmounted (proc(5), mountinfo); close() it.
 * -1: this kernel does not say. */
int stick_watch(void);

/* One that was not seen yet. When there is none at all, those that were are forgotten. */
bool stick_find(struct stick *s, const char *folder, int64_t now_ms);

/* Need not be looked at again before it was pulled out, or has another head. */
void stick_done(struct stick *s);

/* Something went wrong that may be well the next time. */
void stick_later(struct stick *s, int64_t now_ms);

#endif
