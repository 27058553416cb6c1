/* store.h - a screen's state folder: a cache of verified bytes, and one record.
 *
 *   trust/<N>.json          trust documents beyond the installed one
 *   manifests/<version>.json  of versions that passed their trial; <version>.trial: in it
 *   objects/<sha256>        content documents and media; <sha256>.part: arriving
 *   state.sqlite            the durable record, and the last verified head
 *   sync.status             what fangzi-sync last said; may be lost (status.h)
 *   sync.lock               held while a fangzi-sync works here
 *
 * Every file is whole or absent. fangzi-sync writes, everybody reads, and whoever
 * reads verifies again: what stands here is only as good as its signatures.
 * Rollback journal, TRUNCATE and EXTRA, both read back (SQLite's defaults lost the
 * last commit in power cuts). One thread. */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "feed/trust.h"

#define STORE_PATH_MAX 4096

struct store;

/* What must survive any power cut, as one transaction. Zero: nothing yet. */
struct store_record {
	char feed[TRUST_FEED_NAME_MAX + 1];
	int64_t trust; /* newest document taken; never falls, even when its file is lost */
	int64_t seq; /* of the head that was taken; never falls while its keys stand */
	char head_sha256[DIGEST_HEX];
	int64_t version; /* of the manifest that is current; likewise */
	char manifest_sha256[DIGEST_HEX];
	int64_t previous_version; /* 0: none */
	int64_t floor_utc_s; /* a time that has passed for certain */
	int64_t refused_version; /* 0: none */
	char refused_sha256[DIGEST_HEX];
	char refused_reason[640];
};

/* For writing: folders are made, the lock is taken. ERR_DISK; ERR_USAGE when
 * another fangzi-sync holds the lock. */
bool store_open(struct store **out, const char *folder, struct err *e);

/* For reading; nothing is created. ERR_IO when there is no such folder. */
bool store_open_reader(struct store **out, const char *folder, struct err *e);

/* The same, for who has frames to paint: what a writer holds is ERR_BUSY at once, where a
 * reader waits for seconds while a slow card is synced. */
bool store_open_glance(struct store **out, const char *folder, struct err *e);
void store_close(struct store *s); /* NULL is fine */

/* The folder of a writer is still the one that was opened. ERR_DISK: it was removed, or
 * exchanged for another, and what is written now is lost. */
bool store_is_held(const struct store *s, struct err *e);

/* False with ERR_IO when the record cannot be read (damaged, or never written). */
bool store_read_record(struct store *s, struct store_record *out, struct err *e);

/* The record and the head's bytes together. ERR_DISK: nothing changed. */
bool store_write_record(struct store *s, const struct store_record *r, const struct buf *head, struct err *e);

/* Appends the bytes of the last head; empty when there is none. ERR_IO. */
bool store_read_head(struct store *s, struct buf *out, struct err *e);

/* The chain from the installed document up to the newest kept; a document that does
 * not hold ends the chain. ERR_FORMAT, ERR_UNTRUSTED for the installed one. */
bool store_read_trust(struct store *s, const struct buf *installed, struct trust **out, struct err *e);

/* The same, but not beyond a version. */
bool store_read_trust_until(
	struct store *s, const struct buf *installed, int64_t version, struct trust **out, struct err *e);
bool store_put_trust(struct store *s, int64_t version, const struct buf *bytes, struct err *e);

/* Verified again. manifest_finish() after, whatever came back. */
bool store_read_manifest(
	struct store *s, int64_t version, const struct trust *t, struct manifest *out, struct err *e);
bool store_put_manifest(struct store *s, int64_t version, const struct buf *bytes, struct err *e);

/* Of the kept bytes, whatever they are; "" when there are none. */
void store_hash_manifest(struct store *s, int64_t version, char sha256[static DIGEST_HEX]);

/* The highest version whose manifest is kept, below a bound; 0: none. */
int64_t store_newest_manifest(struct store *s, int64_t below);

/* Paths in the folder; STORE_PATH_MAX bytes of room. */
void store_object_path(const struct store *s, const char *sha256, char *out);
void store_part_path(const struct store *s, const char *sha256, char *out);
bool store_has_object(const struct store *s, const char *sha256, int64_t size);

/* The same, and its bytes are read: they are what the name says. */
bool store_holds_object(const struct store *s, const char *sha256, int64_t size);

/* Hashes the part, makes it durable and gives it its name. ERR_UNTRUSTED when it is
 * not what its name says: then it is removed. ERR_DISK. */
bool store_keep_part(struct store *s, const char *sha256, int64_t size, struct err *e);

/* Removes objects, parts and manifests that neither of the two versions needs;
 * current or previous may be NULL. Returns how many were removed. */
int store_collect(struct store *s, const struct manifest *current, const struct manifest *previous);

/* How many objects there are and how many bytes they take. */
void store_measure(const struct store *s, int64_t *objects, int64_t *bytes);

const char *store_folder(const struct store *s);

#endif
