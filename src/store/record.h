/* record.h - the durable record in SQLite; for store.c. */
#ifndef RECORD_H
#define RECORD_H

#include "store/store.h"

struct record_db;

enum record_use {
	RECORD_WRITE, /* creates the file, and sets a damaged one aside (state.sqlite.bad): the
			 floors are then found again in what is kept */
	RECORD_READ, /* waits for a writer, up to 2 s at a time */
	RECORD_GLANCE, /* waits for nobody */
};

/* ERR_DISK, ERR_IO; ERR_BUSY while a writer has it. */
bool record_open(struct record_db **out, const char *path, enum record_use use, struct err *e);
void record_close(struct record_db *db); /* NULL is fine */

/* ERR_IO, ERR_BUSY. */
bool record_read(struct record_db *db, struct store_record *out, struct err *e);
bool record_read_head(struct record_db *db, struct buf *out, struct err *e);
bool record_write(struct record_db *db, const struct store_record *r, const struct buf *head, struct err *e);

#endif
