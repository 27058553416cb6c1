/* news.h - what the state folder says, and when it says something new.
 *
 * Watched by inotify; nothing is polled. What is read is verified (source.h). */
#ifndef NEWS_H
#define NEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/source.h"
#include "store/status.h"

#define NEWS_OFFLINE_AFTER_S 120 /* without contact, before the frame says so */
#define NEWS_STALE_AFTER_S 86400 /* offline this long: stale */

struct news;

/* folder may not exist yet. trust, borrowed: the file of the installed document, or the fingerprint of one
 * (store/installed.h), which counts as soon as fangzi-sync has fetched it. ERR_IO, ERR_FORMAT: the file
 * is no such document. */
bool news_open(struct news **out, const char *folder, const char *trust, struct err *e);
void news_close(struct news *n); /* NULL is fine */

/* Readable when something changed; -1 when there is nothing to watch yet. */
int news_fd(const struct news *n);

/* Reads what changed. True: a version or head may be new. */
bool news_look(struct news *n);

/* fangzi-sync was just writing: what it wrote is read by the next look, which nothing
 * announces. */
bool news_is_behind(const struct news *n);

/* Opens the newest version unless it is the one shown; *out NULL: nothing newer, or
 * nothing at all. */
void news_open_version(struct news *n, int64_t unless_version, struct font_set *fonts, struct source **out);

/* The head as last read, and the floor under the clock. */
const struct source_head *news_head(const struct news *n);

/* What fangzi-sync says of the hub; all empty when it says nothing. Borrowed. */
const struct status_device *news_device(const struct news *n);

/* A code that is to be shown now (monotonic ms); NULL: none. A screen that has content shows
 * one only while the hub answers: else nobody could type it in anyway. */
const struct status_device *news_pairing(const struct news *n, int64_t mono_ms, bool has_content);

/* At a time (system or injected, seconds): contact was lost long enough to say so. */
bool news_is_offline(struct news *n, int64_t utc_s);
bool news_is_stale(struct news *n, int64_t utc_s, bool clock_is_trusted);

#endif
