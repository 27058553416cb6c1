/* provision_read.h - fangzi.conf, as an installer's editor left it.
 *
 * "name = value" lines. What an editor or an input method does to them is forgiven: a byte order mark,
 * line ends of any system, full-width letters, equals signs, quotes and spaces, comments in any
 * language and coding. What is not understood is refused, with its line and what to do, in two
 * languages: Chinese for the screen, English for the log. Pure. */
#ifndef PROVISION_READ_H
#define PROVISION_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define PROVISION_BYTES_MAX 65536
#define PROVISION_VALUE_MAX 1024
#define PROVISION_SAID_MAX 400

struct provision {
	char feed[PROVISION_VALUE_MAX], hub[PROVISION_VALUE_MAX], trust[PROVISION_VALUE_MAX];
	char screen[PROVISION_VALUE_MAX], rotate[PROVISION_VALUE_MAX], ca[PROVISION_VALUE_MAX];
};

struct provision_problem {
	int line; /* 0: of the file as a whole */
	char zh[PROVISION_SAID_MAX], en[PROVISION_SAID_MAX];
};

/* Texts that were not said are "", but feed: it is the hub's own then. trust is a path, or
 * "sha256:" and 64 digits (store/installed.h). */
bool provision_read(struct provision *out, const char *bytes, size_t len, struct provision_problem *why);

/* A value as it must stand in our settings files (base/option.h). */
void provision_quote(struct buf *out, const char *text);

#endif
