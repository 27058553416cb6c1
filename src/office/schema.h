/* schema.h - the tables of an office's database, one step after the other. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stddef.h>

/* schema_steps[n] brings a database of version n to n + 1 (PRAGMA user_version). What was
 * released is never changed, only followed. */
extern const char *const schema_steps[];
extern const size_t schema_count;

#endif
