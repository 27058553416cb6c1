/* record.h - the durable record in SQLite; for store.c. */
#ifndef RECORD_H
#define RECORD_H

#include "store/store.h"

struct record_db;

/* A writer creates the file, and sets a damaged one aside (state.sqlite.bad): the
 * floors are then found again in what is kept. ERR_DISK, ERR_IO. */
bool record_open(struct record_db **out, const char *path, bool writes, struct err *e);
void record_close(struct record_db *db); /* NULL is fine */

bool record_read(struct record_db *db, struct store_record *out, struct err *e);
bool record_read_head(struct record_db *db, struct buf *out, struct err *e);
bool record_write(struct record_db *db, const struct store_record *r, const struct buf *head, struct err *e);

#endif
