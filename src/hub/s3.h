/* s3.h - objects in an S3-compatible bucket, by libcurl's AWS Signature Version 4.
 *
 * Every object's bytes are signed with it. Answers are counted, each request has a deadline,
 * nothing is redirected, and https verifies who it speaks with; http only where it was asked
 * for. One thread. */
#ifndef S3_H
#define S3_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct s3_setup {
	const char *address; /* of the folder in the bucket: "https://s3.example.cn/bucket/feed" */
	const char *region; /* "us-east-1" where the store has none */
	const char *key_file; /* "ID:SECRET" in one line; nobody else may read it */
	const char *ca_file; /* NULL: the system's */
};

struct s3;

/* ERR_USAGE: the setup cannot be. */
bool s3_open(struct s3 **out, const struct s3_setup *setup, struct err *e);
void s3_close(struct s3 *s); /* NULL is fine */

/* What is being asked, and all later, fails at once. Any thread. */
void s3_give_up(struct s3 *s);

const char *s3_address(const struct s3 *s);

/* *is_there: an object of this name and size. ERR_NETWORK. */
bool s3_has(struct s3 *s, const char *name, size_t len, bool *is_there, struct err *e);

struct s3_object {
	const char *name; /* below the address: "objects/<sha256>" */
	const struct buf *bytes;
	const char *type, *cache_control;
};

/* ERR_NETWORK. Putting the same once more is fine. */
bool s3_put(struct s3 *s, const struct s3_object *o, struct err *e);

#endif
