/* source.h - a version opened for painting, from a file or from the state folder.
 *
 * From the state folder everything is verified here once more, by this process:
 * signatures against the installed trust document, the content's hash before it is
 * read, each picture's hash before it is decoded. Order of refuge: the newest
 * verified version, then the one before it.
 *
 * While fangzi-sync writes its record nobody can read it, on a slow card for seconds. Who
 * waits gets it then; who does not gets ERR_BUSY at once. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "content/content.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "paint/font.h"

enum source_medium { MEDIUM_UNKNOWN, MEDIUM_SOUND, MEDIUM_BROKEN };

struct source {
	struct content *content; /* taken by show_create() */
	int64_t version; /* 0: from a file */
	char content_sha256[DIGEST_HEX];
	struct manifest manifest;
	char *folder; /* where media or objects are; NULL: nowhere */
	enum source_medium *media; /* what is known of each of the manifest's */
	bool is_tried; /* pictures must be sound, not only what was signed */
};

/* What the head says, as far as it holds. */
struct source_head {
	bool is_known;
	struct head head;
	int64_t floor_utc_s;
	int64_t manifest_expires_utc_s; /* of the newest version kept; 0: unknown */
};

/* A content document and a folder of pictures (NULL: none). ERR_IO, ERR_FORMAT. */
bool source_open_file(struct source **out, const char *content_path, const char *media_folder,
	struct font_set *fonts, struct err *e);

/* A manifest whose signatures were verified by the caller, and a folder of objects:
 * what a trial tries. A picture that is wanted and broken is an error here, as it is to
 * fangzi-sign. ERR_IO, ERR_FORMAT, ERR_UNTRUSTED. */
bool source_open_manifest(struct source **out, const char *manifest_path, const char *objects_folder,
	const struct buf *trust, struct font_set *fonts, struct err *e);

/* The newest version in the state folder that holds; unless_version is not opened
 * again (*out = NULL, true). trust: the installed document. ERR_IO when nothing
 * there can be shown; ERR_BUSY. */
bool source_open_state(struct source **out, const char *state_folder, const struct buf *trust,
	int64_t unless_version, bool waits, struct font_set *fonts, struct err *e);

void source_close(struct source *s); /* NULL is fine; content too, unless taken */

/* What the last verified head says. False, and *out as it was, when the record cannot be
 * read: ERR_IO, ERR_BUSY. */
bool source_read_head(struct source_head *out, const char *state_folder, const struct buf *trust, bool waits,
	struct err *e);

/* A gallery_path: where a medium is. */
bool source_media_path(void *source, const char *name, char *out, size_t room);

#endif
