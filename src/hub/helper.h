/* helper.h - a child of this very program that does one dangerous thing (decodes a
 * stranger's picture, paints a document) under limits, and tells of it in records.
 *
 * The child is `fangzi-hub COMMAND`, started anew: it has nothing of the hub's memory and no
 * descriptor but its request, its payload and the pipe that it tells on. It has no network,
 * starts nothing, writes nothing else and reads what it was told to (base/sandbox.h). What it tells is believed no more
 * than what a stranger sends: it is counted, and it may be nonsense. */
#ifndef HELPER_H
#define HELPER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define HELPER_LINE_BYTES_MAX 65536
#define HELPER_BYTES_MAX (64 << 20) /* behind one record */
#define HELPER_RECORDS_MAX 20000

struct helper_task {
	const char *program, *command;
	const json_t *request; /* its list "readable": what the child may read beside programs' own files */
	const void *payload;
	size_t payload_len;
	int64_t deadline_ms; /* for all of it */
	/* A record and the bytes behind it. False with *e ends the child. */
	bool (*take)(void *user, const json_t *record, const struct buf *bytes, struct err *e);
	bool (*goes_on)(void *user); /* asked a few times a second; NULL: it does */
	void *user;
};

/* Waits for the end. ERR_BUSY: it was told not to go on; ERR_DISK: this machine failed;
 * what the child said went wrong; ERR_FORMAT: it broke its limits or the rules. */
bool helper_run(const struct helper_task *t, struct err *e);

/* ---- in the child -------------------------------------------------------------- */

#define HELPER_PAYLOAD "/proc/self/fd/3"

/* Gives up what the child must not have; reads the request, which the caller ends. */
bool helper_begin(json_t **request, int cpu_s, struct err *e);

/* Takes record. False: nobody listens any more. */
bool helper_tell(json_t *record, const void *bytes, size_t len);

/* Tells how it ended; what the process ends with. */
int helper_end(bool ok, const struct err *e);

#endif
