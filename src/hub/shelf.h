/* shelf.h - the files of a feed's folder as answers, ready to be sent.
 *
 * Small ones stay in memory, within bounds, with their hash and their headers made once. Each
 * time one is taken, the folder is asked whether the file is still that file: what was
 * replaced, removed or turned into a link is not sent any more. Any thread. */
#ifndef SHELF_H
#define SHELF_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "hub/files.h"

#define SHELF_ITEMS_MAX 512
#define SHELF_BYTES_MAX (16u << 20)

struct shelf;

/* Constant. Its answers, [true]: with Preference-Applied, which only the head has. */
struct shelf_item {
	enum files_kind kind;
	char etag[DIGEST_HEX + 2];
	uint64_t size;
	const char *bytes; /* NULL: a large one, which is sent from its file */
	int fd; /* of a large one; -1 else */
	struct MHD_Response *whole[2]; /* 200 */
	struct MHD_Response *same[2]; /* 304 */
};

/* ERR_IO. */
bool shelf_open(struct shelf **out, const char *folder, struct err *e);
void shelf_close(struct shelf *s); /* all were returned. NULL is fine */

/* NULL: there is none, or (is_busy) nobody can tell just now. A head that was read in another
 * turn (waiters.h) is read again. shelf_return() it. */
const struct shelf_item *shelf_take(struct shelf *s, const char *path, uint64_t turn, bool *is_busy);
void shelf_return(struct shelf *s, const struct shelf_item *item);

/* What every answer with this item says of it; for those that are not ready (206). */
void shelf_add_headers(struct MHD_Response *r, const struct shelf_item *item, bool was_held);

#endif
