/* report.h - what a screen says of itself to its hub: one JSON body, signed by the screen's
 * key (docs/devices.md).
 *
 * What is not known is left out, never guessed. The reader takes nothing on trust: texts are
 * one line, numbers are within bounds, names have few characters. */
#ifndef REPORT_H
#define REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"

#define REPORT_TYPE "application/vnd.fangzi.report.v1+json"
#define REPORT_BYTES_MAX 4096 /* of the envelope */
#define REPORT_BODY_BYTES_MAX 2800 /* so that the envelope keeps that */
#define REPORT_UNKNOWN INT64_MIN
#define REPORT_SCREEN_TEXT 17
#define REPORT_RUN_TEXT 17
#define REPORT_PAGE_MAX 96
#define REPORT_CONTENTS_MAX 4
#define REPORT_PLAYS_MAX 96

/* How often and how long a page was shown on a day: a sum that only grows, so that hearing it
 * twice, or never once, does no harm. */
struct report_play {
	int64_t day; /* since 1970 in the site's calendar; 0: nobody knew the day */
	int content; /* of contents[] */
	char page[REPORT_PAGE_MAX + 1];
	int64_t times, seconds;
};

struct report {
	char screen[REPORT_SCREEN_TEXT]; /* what the hub calls it: 16 hex digits */
	int64_t seq; /* grows with each thing that this key signs */
	int64_t at_utc_s; /* by the screen's clock, whatever that is worth */
	char software[33], size[17];
	/* What stands on the display, and when it was looked at. */
	int64_t version; /* 0: none */
	char content_sha256[DIGEST_HEX], page[REPORT_PAGE_MAX + 1], frame_hash[17];
	int64_t frame_at_utc_s;
	char display[8]; /* ok, black, other, lost */
	char stale[4]; /* yes: it tells the public that its words are old */
	int64_t incidents, incident_at_utc_s;
	char incident[65];
	int64_t synced_at_utc_s, refused_version;
	char sync_result[201]; /* ok, or what went wrong */
	char clock[16]; /* set, free */
	int64_t temperature_c, disk_free_mb, memory_mb, restarts, uptime_s;
	int64_t card_used_pct, disk_errors; /* of the promised life of a memory card; that ext4 counted */
	char undervoltage[8]; /* no, was, now */
	/* Proof of play: sums of one run of counting. */
	char run[REPORT_RUN_TEXT];
	struct {
		char sha256[DIGEST_HEX]; /* "": not of a version */
		int64_t version;
	} contents[REPORT_CONTENTS_MAX];
	int content_count, play_count;
	struct report_play plays[REPORT_PLAYS_MAX];
};

/* Texts empty, numbers unknown. */
void report_clear(struct report *r);

/* ERR_FORMAT names the field. */
bool report_read(struct report *r, const char *body, size_t len, struct err *e);

/* Appends the body. */
void report_write(const struct report *r, struct buf *out);

/* All but the plays, for people; a new reference. */
json_t *report_show(const struct report *r);

bool report_is_name(const char *text); /* [A-Za-z0-9._-]+ */
bool report_is_hex(const char *text, size_t digits);

#endif
