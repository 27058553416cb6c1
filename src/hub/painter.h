/* painter.h - documents as the screens will draw them, and strangers' pictures made ours.
 *
 * All of it is done by a child (helper.h); this process opens no font and decodes nothing.
 * The same document, media, size, moment and fonts give the same bytes. Any thread; a few
 * at a time, the others wait. */
#ifndef PAINTER_H
#define PAINTER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "hub/album.h"
#include "paint/font.h"

#define PAINTER_SIZES_MAX 4
#define PAINTER_UPLOAD_BYTES_MAX (10 << 20)
#define PAINTER_UPLOAD_SIDE_MAX 4096
#define PAINTER_FILM_BYTES_MAX (20 << 20) /* as much as an upload may be */

struct painter;

struct painter_setup {
	const char *program; /* of this very program: "/proc/self/exe" */
	struct font_paths fonts;
	const char *media; /* the folder below which media lie: all that a child may read of the office's */
	struct album *album; /* borrowed */
	int at_once; /* children */
};

/* All of the setup but the album is copied. */
struct painter *painter_create(const struct painter_setup *setup);
void painter_destroy(struct painter *p); /* NULL is fine */

struct painter_size {
	int width_px, height_px;
};

/* What review binds to: a screen hung either way. */
#define PAINTER_REVIEWED 2
extern const struct painter_size painter_reviewed[PAINTER_REVIEWED];

struct painter_wish {
	const void *document;
	size_t len;
	const json_t *media; /* name -> path of a file; borrowed */
	struct painter_size sizes[PAINTER_SIZES_MAX];
	int size_count; /* 0: only findings, for the reviewed sizes */
	int64_t at_utc_s;
	bool has_large_text;
	bool wants_findings;
};

/* How far it is, 0..1. False: stop. */
struct painter_watch {
	bool (*goes_on)(void *user, double done); /* NULL: it does */
	void *user;
};

/* {"at", "sizes": ["1920x1080"..], "errors": how many, "findings": [Finding..],
 *  "pages": [{"name", "board", "kind", "page", "size", "sha256"}..],
 *  "pages_sha256": SHA-256 over "size name sha256 LF" of each page in order}
 * The pages' pictures are in the album. A document with errors is painted as far as it can be.
 * ERR_FORMAT: no document at all, or it could not be painted; ERR_BUSY: told to stop;
 * ERR_DISK. */
bool painter_paint(struct painter *p, const struct painter_wish *w, const struct painter_watch *watch,
	json_t **out, struct err *e);

struct painter_picture {
	struct buf bytes; /* buf_finish() it */
	const char *type; /* "image/png", "image/jpeg", FILM_TYPE */
	int width_px, height_px;
};

/* How many bytes may be sent, by the first of them: a picture's, or a film's. */
int painter_upload_most(const void *bytes, size_t len);

/* A PNG, JPEG or WebP file that somebody sent, decoded and written anew: PNG, or JPEG for
 * photographs. A film stays as it was sent. ERR_FORMAT in Chinese when it is none that we take. */
bool painter_take_picture(
	struct painter *p, const void *bytes, size_t len, struct painter_picture *out, struct err *e);

/* The child's side: `fangzi-hub paint` and `fangzi-hub picture`; what the process ends with. */
int painter_child_paint(void);
int painter_child_picture(void);

#endif
