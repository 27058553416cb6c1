/* fleet.h - the screens that are paired with this hub, and what each last said.
 *
 * All of it is in memory; a thread of its own writes what changed once a second, in one
 * transaction, so that a hundred thousand screens cost one write a second. What a crash takes
 * is at most that second's reports, which screens say again. Pairings and revocations are on
 * the disk before they are answered. Any thread. */
#ifndef FLEET_H
#define FLEET_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "feed/hello.h"
#include "feed/report.h"
#include "office/office.h"

#define FLEET_PENDING_MAX 1024 /* screens that show a code */
#define FLEET_PENDING_OF_ONE_MAX 64 /* at one address */
#define FLEET_TRIES 5 /* of an officer, within HELLO_CODE_S */
#define FLEET_DARK_S 900
#define FLEET_LIST_MAX 2000
#define FLEET_EVERY_S 5 /* a screen may report so often, */
#define FLEET_AHEAD_S 100 /* and be so far ahead of that */
#define FLEET_PLAYS_MAX 2000 /* rows of a screen on a day: pages of the largest content, and more */

enum fleet_state {
	FLEET_CURRENT,
	FLEET_BEHIND,
	FLEET_STALE,
	FLEET_DARK,
	FLEET_NEVER_SEEN,
	FLEET_REVOKED,
	FLEET_STATES
};
const char *fleet_state_name(enum fleet_state s);

struct fleet_facts {
	bool is_revoked;
	int64_t received_utc_s; /* 0: never */
	int64_t version; /* shown; REPORT_UNKNOWN or 0: none */
	const char *display, *stale; /* report.h */
};

/* Pure. *why: a few Chinese words, "" when there is nothing to say. */
enum fleet_state fleet_judge(
	const struct fleet_facts *f, int64_t now_utc_s, int64_t published_version, const char **why);

struct fleet;

/* Reads who is paired. ERR_DISK. */
bool fleet_open(struct fleet **out, struct office *o, const struct clock *clock, struct err *e);
void fleet_close(struct fleet *f); /* writes what is left; NULL is fine */

/* ---- screens (nothing is verified yet) ------------------------------------------------------ */

struct fleet_words {
	const char *bytes; /* an envelope */
	size_t len;
	const char *address; /* where it comes from */
	int64_t now_utc_s;
};

/* A hello (feed/hello.h). *answer: {"state": "waiting", "expires_s"}, or {"state": "paired",
 * "screen", "name", "tags"}, or {"state": "revoked"}. ERR_BUSY: too many wait, or another
 * shows that code. */
bool fleet_hello(struct fleet *f, const struct fleet_words *w, json_t **answer, struct err *e);

/* A report (feed/report.h). *answer: {"name", "tags", "picture"}; picture: the name of the
 * request for one, or null. ERR_UNTRUSTED: not by the key of a paired screen, or revoked;
 * ERR_STALE: heard before; ERR_BUSY: too often, or the last one's plays are not written yet. */
bool fleet_report(struct fleet *f, const struct fleet_words *w, json_t **answer, struct err *e);

/* Somebody asked for the picture that this label's envelope is about (feed/hello.h), and the
 * screen signed it: its bytes may come. */
bool fleet_expects(struct fleet *f, const char *label, size_t label_len, struct err *e);

/* The label's envelope and its JPEG. Waits for the disk. */
bool fleet_picture(struct fleet *f, const char *label, size_t label_len, const struct buf *jpeg, int64_t now_utc_s,
	struct err *e);

/* ---- people ---------------------------------------------------------------------------------- */

/* Within no transaction; actor is who does it. ERR_MISSING: no screen shows that code;
 * ERR_BUSY: too many tries. */
struct fleet_pairing {
	const char *code, *name;
	const json_t *tags;
};
bool fleet_pair(struct fleet *f, const struct fleet_pairing *p, const struct actor *actor, int64_t now_utc_s,
	char id[static REPORT_SCREEN_TEXT], struct err *e);

/* name or tags NULL: as they are. ERR_MISSING. */
bool fleet_change(struct fleet *f, const char *id, const char *name, const json_t *tags, const struct actor *actor,
	int64_t now_utc_s, struct err *e);
bool fleet_revoke(struct fleet *f, const char *id, const struct actor *actor, int64_t now_utc_s, struct err *e);
bool fleet_ask_picture(struct fleet *f, const char *id, int64_t now_utc_s, struct err *e);

/* The last picture, appended to out; false: none. */
bool fleet_get_picture(struct fleet *f, const char *id, struct buf *out, int64_t *captured_utc_s);

/* assets/openapi.yaml: Screen; NULL: none. */
json_t *fleet_show(struct fleet *f, const char *id, int64_t now_utc_s, int64_t published_version);
json_t *fleet_list(struct fleet *f, int64_t now_utc_s, int64_t published_version);

/* How many are in each state. */
void fleet_counts(struct fleet *f, int64_t now_utc_s, int64_t published_version, int64_t counts[static FLEET_STATES]);

/* Since the start. */
struct fleet_totals {
	int64_t reports, refused, screens, pending, unwritten;
};
struct fleet_totals fleet_totals(struct fleet *f);

#endif
