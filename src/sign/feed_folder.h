/* feed_folder.h - a feed on disk, as its writer sees it: objects first, then the
 * manifest, then the head, each whole before its name is known. */
#ifndef FEED_FOLDER_H
#define FEED_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/key.h"
#include "feed/trust.h"
#include "sign/options.h"

#define FEED_PATH_MAX 4096

/* The keys of --key (or a role's), opened with --passphrase-file. keys_finish() after. */
struct keys {
	struct key *items[OPTION_LIST_MAX];
	int count;
};

bool keys_read(struct keys *k, const struct option_list *files, const struct sign_options *o, struct err *e);
void keys_finish(struct keys *k);

/* The first line of --passphrase-file; NULL when there is none. The caller frees it. */
bool keys_passphrase(const struct sign_options *o, char **out, struct err *e);

/* An envelope around a body, signed by all keys. */
bool feed_sign(
	const char *type, const struct buf *body, const struct keys *k, struct buf *out, struct err *e);

/* The newest trust document of a folder whose chain holds; *out NULL when there is
 * none at all. */
bool feed_read_trust(const char *folder, struct trust **out, struct err *e);

/* The highest number among <folder>/<sub>/<N>.json; 0: none. */
int64_t feed_newest(const char *folder, const char *sub);
void feed_number_path(const char *folder, const char *sub, int64_t number, char out[static FEED_PATH_MAX]);

/* Writes <folder>/<sub>/<N>.json; an existing file of other content is an error, which
 * the first of the two tells beforehand. */
bool feed_may_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e);
bool feed_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e);

/* Writes an object under its hash, unless it is there. */
bool feed_put_object(
	const char *folder, const struct buf *bytes, char sha256[static DIGEST_HEX], struct err *e);

#endif
