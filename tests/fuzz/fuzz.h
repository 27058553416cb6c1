/* fuzz.h - what fuzz targets share: a claim that must hold, fixed keys, files in memory.
 *
 * A target is one file with LLVMFuzzerTestOneInput. Beyond "does not crash" it makes
 * claims about what was accepted; one that does not hold is a finding like a crash. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "feed/trust.h"

#define FUZZ_MUST(claim)                                                                                     \
	do {                                                                                                 \
		if (!(claim)) {                                                                              \
			(void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim);     \
			abort();                                                                             \
		}                                                                                            \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The path of a file in memory with these bytes in it, good until the next call. */
const char *fuzz_file(const void *bytes, size_t len);

/* The root, publisher and head key of all fuzzing: always the same. */
struct key *fuzz_key(void);

/* A trust document, version 1, that gives every role that key. Borrowed. */
const struct trust *fuzz_trust(void);

/* The body in an envelope of that type, signed by that key; into out. */
void fuzz_seal(const char *type, const void *body, size_t len, struct buf *out);

#endif
