/* fleet_parts.h - what the files of fleet.h share; not for others. */
#ifndef FLEET_PARTS_H
#define FLEET_PARTS_H

#include <pthread.h>

#include "hub/fleet.h"
#include "hub/http.h"

#define FLEET_KEY_BYTES 44 /* DER of an Ed25519 public key (RFC 8410) */
#define FLEET_NAME_BYTES 121

struct fleet_screen {
	char id[REPORT_SCREEN_TEXT], key_id[DIGEST_HEX];
	unsigned char key[FLEET_KEY_BYTES];
	char *name, *tags; /* tags as JSON */
	char *paired_by;
	int64_t paired_utc_s, seq, received_utc_s, version, captured_utc_s, asked_utc_s;
	char request[HELLO_REQUEST_TEXT]; /* of a picture; "": none is wanted */
	char display[8], stale[4];
	char *report; /* the body without its plays; NULL: none yet */
	char *plays; /* a body whose plays are not written yet; NULL: none */
	int64_t ahead_until_utc_s; /* of FLEET_EVERY_S */
	bool is_revoked, is_dirty;
	struct fleet_screen *next_by_id, *next_by_key;
};

struct fleet_pending {
	char key_id[DIGEST_HEX], code[HELLO_CODE_TEXT], address[HTTP_ADDRESS_MAX];
	unsigned char key[FLEET_KEY_BYTES];
	int64_t until_utc_s; /* 0: free */
};

#define FLEET_BUCKETS 65536

struct fleet {
	pthread_mutex_t lock; /* over everything below; never held while the office is locked */
	pthread_t writer;
	int wake_fd;
	bool has_writer, is_ending;
	struct office *office;
	struct clock clock;
	struct fleet_screen *by_id[FLEET_BUCKETS], *by_key[FLEET_BUCKETS];
	struct fleet_screen **dirty;
	size_t dirty_count, dirty_room;
	struct fleet_pending pending[FLEET_PENDING_MAX];
	struct {
		int64_t account, since_utc_s;
		int tries;
	} officers[64];
	struct fleet_totals totals;
};

/* Under the lock. */
struct fleet_screen *fleet_find(struct fleet *f, const char *id);
struct fleet_screen *fleet_find_key(struct fleet *f, const char *key_id);
struct fleet_screen *fleet_add(struct fleet *f, const char *id, const char *key_id);
void fleet_mark(struct fleet *f, struct fleet_screen *s);

/* Takes over what a report says, but for its plays. */
void fleet_take_report(struct fleet_screen *s, const struct report *r);

#endif
