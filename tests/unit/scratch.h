/* scratch.h - a private folder for a test that needs files. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCRATCH_PATH_MAX 256

/* Below TMPDIR or /tmp; scratch_remove() after. Ends the test program on failure. */
static inline void scratch_make(char folder[static SCRATCH_PATH_MAX])
{
	const char *base = getenv("TMPDIR");
	(void)snprintf(folder, SCRATCH_PATH_MAX, "%s/fangzi-test.XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder))
		abort();
}

static inline int scratch_drop(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

static inline void scratch_remove(const char *folder)
{
	(void)nftw(folder, scratch_drop, 16, FTW_DEPTH | FTW_PHYS);
}

/* Replaces a file's bytes; for what a program must survive. */
static inline void scratch_write(const char *folder, const char *name, const void *bytes, size_t len)
{
	char path[SCRATCH_PATH_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		abort();
}

#endif
