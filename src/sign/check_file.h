/* check_file.h - a content document from a file, checked with the screens' fonts: what
 * it says and, once that holds, how it looks. */
#ifndef CHECK_FILE_H
#define CHECK_FILE_H

#include "base/buf.h"
#include "content/check.h"
#include "sign/options.h"

#define CHECK_MEDIA_MAX 4096

struct checked {
	struct buf bytes;
	const char *media[CHECK_MEDIA_MAX]; /* names that the document uses, each once; owned */
	bool is_sound[CHECK_MEDIA_MAX]; /* by medium, where they were looked at */
	int media_count, errors;
};

/* Prints every finding; errors counts those that refuse it. ERR_IO and ERR_FORMAT
 * (not JSON at all). */
bool check_file(const char *path, const struct sign_options *o, struct checked *out, struct err *e);
void check_file_finish(struct checked *c);

#endif
