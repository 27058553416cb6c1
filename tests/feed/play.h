/* play.h - plays the script of one case: a feed is made, a screen looks at it.
 *
 * A script is statements with ';' between; a statement is a verb and words; a word is
 * NAME=VALUE or bare, 'quoted' where it has spaces. {a} is the id of key a, {content}
 * and {m0} the hashes of the last manifest's content and media.
 *
 *   trust     trust/<N>.json; the first is the one that the screen is set up with.
 *             root= publisher= head= letters[/threshold], policy=, v=, at= (file), expires=,
 *             feed=, by= (default: the old roots and the new)
 *   manifest  manifests/<N>.json and objects. v=, at=, by=, feed=, issued=, expires=, content=,
 *             media=name:text,.. sha= size= (of the content, a lie)
 *   head      head.json. seq=, v=, sha= size= (of the manifest), trust=, mode=, by=, feed=, issued=,
 *             expires=, alerts=id:tag,tag|id
 *             All three: edit='from|to' in the body before it is signed; type= what is
 *             signed, says= what the envelope says.
 *   look CODE ['what it must say']  fangzi-sync --once; at=, kiosk=true|false|real. After any
 *             code but 0 the version shown must be what it was.
 *   have      version= seq= trust= previous= refused= of the record; mode= alerts= of the kept
 *             head; stale=yes|no at= as the frame would say
 *   save FILE SPARE, put SPARE FILE, drop FILE, write FILE TEXT, grow FILE TEXT, cut FILE BYTES,
 *   swap FILE 'from|to', flip FILE BIT, sample FILE COUNT (so many bits, each flipped for one look)
 *   times N STATEMENT */
#ifndef PLAY_H
#define PLAY_H

#include <stdbool.h>

#include "base/buf.h"
#include "workshop.h"

#define PLAY_PATH_MAX 512
#define PLAY_WORDS_MAX 24

struct play {
	char folder[PLAY_PATH_MAX];
	char url[PLAY_PATH_MAX]; /* of folder/feed */
	struct workshop_trust trust, trust_before;
	char installed_roots[WORKSHOP_LETTERS_MAX];
	struct manifest manifest;
	struct manifest_media media[WORKSHOP_MEDIA_MAX];
	struct head head;
	struct buf why; /* what did not come out as it should; empty: all did */
};

struct play_words {
	char *items[PLAY_WORDS_MAX];
	int count;
};

/* The folder is emptied first. False: p->why tells. */
bool play_script(struct play *p, const char *script);

/* For the parts of it. */
const char *play_value(const struct play_words *w, const char *name); /* NULL: not said */
bool play_has_failed(struct play *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void play_path(const struct play *p, const char *name, char out[static PLAY_PATH_MAX]);
void play_write(const struct play *p, const char *name, const struct buf *bytes);
void play_read(const struct play *p, const char *name, struct buf *out);

/* documents.c: the statements trust, manifest and head. */
bool play_trust(struct play *p, const struct play_words *w);
bool play_manifest(struct play *p, const struct play_words *w);
bool play_head(struct play *p, const struct play_words *w);

/* look.c: the statements look, have and sample, and the hub. */
bool play_look(struct play *p, const struct play_words *w);
bool play_have(struct play *p, const struct play_words *w);
bool play_sample(struct play *p, const struct play_words *w);
void play_start_hub(const char *feed, char url[static PLAY_PATH_MAX]);
void play_stop_hub(void);

#endif
