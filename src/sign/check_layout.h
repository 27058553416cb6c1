/* check_layout.h - does a content document without errors read well on a screen? */
#ifndef CHECK_LAYOUT_H
#define CHECK_LAYOUT_H

#include "board/review.h"
#include "sign/check_file.h"

/* What is asked about unless a size is named: a screen hung either way. */
#define CHECK_LAYOUT_SIZES 2
extern const struct review_size check_layout_sizes[CHECK_LAYOUT_SIZES];

/* Prints every finding; refusals count as errors of c. ERR_USAGE, ERR_FORMAT. */
bool check_layout(const char *path, const struct sign_options *o, struct font_set *fonts, struct checked *c,
	struct err *e);

/* A gallery_path; user is the folder of the pictures or NULL. */
bool check_layout_media(void *folder, const char *name, char *out, size_t room);

#endif
