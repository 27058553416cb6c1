/* SPDX-License-Identifier: Apache-2.0 */
#include "play.h"

#include <dirent.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define SCRIPT_BYTES_MAX 8192
#define FILE_BYTES_MAX (4 << 20)
#define ISSUED_UTC_S 1780000000 /* 2026-05-28; looks are on 1 June */
#define EXPIRES_UTC_S 1800000000

const char *play_value(const struct play_words *w, const char *name)
{
	size_t len = strlen(name);
	for (int i = 1; i < w->count; i++) {
		if (strncmp(w->items[i], name, len) == 0 && w->items[i][len] == '=')
			return w->items[i] + len + 1;
	}
	return NULL;
}

bool play_has_failed(struct play *p, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buf_text(&p->why, text);
	return false;
}

void play_path(const struct play *p, const char *name, char out[static PLAY_PATH_MAX])
{
	if (snprintf(out, PLAY_PATH_MAX, "%s/%s", p->folder, name) >= PLAY_PATH_MAX)
		abort();
}

void play_write(const struct play *p, const char *name, const struct buf *bytes)
{
	char path[PLAY_PATH_MAX];
	struct err e = {0};
	play_path(p, name, path);
	if (!file_write(path, bytes->len ? bytes->data : "", bytes->len, 0644, &e)) {
		(void)fprintf(stderr, "play: %s\n", e.text);
		abort();
	}
}

void play_read(const struct play *p, const char *name, struct buf *out)
{
	char path[PLAY_PATH_MAX];
	struct err e = {0};
	play_path(p, name, path);
	if (!file_read(path, FILE_BYTES_MAX, out, &e)) {
		(void)fprintf(stderr, "play: %s\n", e.text);
		abort();
	}
}

/* ---- files ------------------------------------------------------------------- */

static int remove_below(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind;
	return walk->level ? remove(path) : 0;
}

/* The folder itself stays: a hub serves it. */
static void empty_folder(const struct play *p, const char *name)
{
	char path[PLAY_PATH_MAX];
	struct err e = {0};
	play_path(p, name, path);
	(void)nftw(path, remove_below, 16, FTW_DEPTH | FTW_PHYS);
	if (!file_make_folder(path, 0755, &e))
		abort();
}

static bool move_file(struct play *p, const struct play_words *w)
{
	struct buf bytes = {0};
	char spare[64];
	bool saves = strcmp(w->items[0], "save") == 0;
	(void)snprintf(spare, sizeof spare, "spare.%s", w->items[saves ? 2 : 1]);
	play_read(p, saves ? w->items[1] : spare, &bytes);
	play_write(p, saves ? spare : w->items[2], &bytes);
	buf_finish(&bytes);
	return true;
}

static bool drop_file(struct play *p, const struct play_words *w)
{
	char path[PLAY_PATH_MAX];
	play_path(p, w->items[1], path);
	(void)nftw(path, remove_below, 16, FTW_DEPTH | FTW_PHYS);
	return remove(path) == 0 || play_has_failed(p, "%s: is not there", w->items[1]);
}

static bool change_file(struct play *p, const struct play_words *w)
{
	struct buf bytes = {0};
	const char *verb = w->items[0];
	char text[2048];
	(void)snprintf(text, sizeof text, "%s", w->items[2]);
	if (strcmp(verb, "write") != 0)
		play_read(p, w->items[1], &bytes);
	if (strcmp(verb, "write") == 0 || strcmp(verb, "grow") == 0) {
		buf_text(&bytes, text);
	} else if (strcmp(verb, "cut") == 0) {
		bytes.len = strtoul(text, NULL, 10);
	} else if (strcmp(verb, "flip") == 0) {
		size_t bit = strtoul(text, NULL, 10);
		bytes.data[bit / 8 % bytes.len] ^= (char)(1 << bit % 8);
	} else {
		char *to = strchr(text, '|');
		if (!to)
			abort();
		*to++ = '\0';
		workshop_edit(&bytes, text, to);
	}
	play_write(p, w->items[1], &bytes);
	buf_finish(&bytes);
	return true;
}

/* ---- statements --------------------------------------------------------------- */

static bool play_statement(struct play *p, const struct play_words *w);

static bool repeat(struct play *p, const struct play_words *w)
{
	struct play_words inner = {.count = w->count - 2};
	memcpy(inner.items, w->items + 2, sizeof inner.items[0] * (size_t)inner.count);
	for (long i = strtol(w->items[1], NULL, 10); i > 0; i--) {
		if (!play_statement(p, &inner))
			return false;
	}
	return true;
}

static const struct verb {
	const char *name;
	bool (*play)(struct play *p, const struct play_words *w);
	int words; /* at least, with the verb */
} verbs[] = {
	{"trust", play_trust, 1},
	{"manifest", play_manifest, 1},
	{"head", play_head, 1},
	{"look", play_look, 2},
	{"have", play_have, 2},
	{"sample", play_sample, 3},
	{"save", move_file, 3},
	{"put", move_file, 3},
	{"drop", drop_file, 2},
	{"write", change_file, 3},
	{"grow", change_file, 3},
	{"cut", change_file, 3},
	{"swap", change_file, 3},
	{"flip", change_file, 3},
	{"times", repeat, 3},
};

static bool play_statement(struct play *p, const struct play_words *w)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(verbs[i].name, w->items[0]) == 0 && w->count >= verbs[i].words)
			return verbs[i].play(p, w);
	}
	return play_has_failed(p, "no such statement");
}

/* {a}, {content}, {m0} */
static void expand(const struct play *p, const char *text, struct buf *out)
{
	for (; *text; text++) {
		size_t len = *text == '{' ? strcspn(text, "}") : 0;
		if (!text[len]) /* never closed */
			len = 0;
		if (len == 2) {
			buf_text(out, workshop_id(text[1]));
		} else if (len == 3 && text[1] == 'm') {
			buf_text(out, p->media[text[2] - '0'].sha256);
		} else if (len == 8 && strncmp(text, "{content", len) == 0) {
			buf_text(out, p->manifest.content_sha256);
		} else {
			buf_add(out, text, 1);
			continue;
		}
		text += len;
	}
}

/* Splits at blanks outside quotes; text is written into. */
static void split(char *text, struct play_words *w)
{
	w->count = 0;
	while (*(text += strspn(text, " ")) && w->count < PLAY_WORDS_MAX) {
		char *to = text;
		bool is_quoted = false;
		w->items[w->count++] = to;
		for (; *text && (is_quoted || *text != ' '); text++) {
			if (*text == '\'')
				is_quoted = !is_quoted;
			else
				*to++ = *text;
		}
		text += *text != '\0';
		*to = '\0';
	}
}

static void begin(struct play *p)
{
	static const char *const folders[] = {
		"state", "feed", "feed/trust", "feed/manifests", "feed/objects"};
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		empty_folder(p, folders[i]);
	p->trust = (struct workshop_trust){
		.feed = WORKSHOP_FEED,
		.policy = "any",
		.roles = {"a", "b", "c"},
		.thresholds = {1, 1, 1},
		.expires_utc_s = EXPIRES_UTC_S,
	};
	p->manifest = (struct manifest){
		.feed = WORKSHOP_FEED, .issued_utc_s = ISSUED_UTC_S, .expires_utc_s = EXPIRES_UTC_S};
	p->head = (struct head){
		.feed = WORKSHOP_FEED, .issued_utc_s = ISSUED_UTC_S, .expires_utc_s = EXPIRES_UTC_S};
	buf_clear(&p->why);
}

bool play_script(struct play *p, const char *script)
{
	char all[SCRIPT_BYTES_MAX];
	begin(p);
	if (snprintf(all, sizeof all, "%s%s", strncmp(script, "trust", 5) == 0 ? "" : "trust; ", script) >=
		(int)sizeof all)
		abort();
	char *rest = all;
	for (char *one = strsep(&rest, ";"); one; one = strsep(&rest, ";")) {
		struct buf text = {0};
		struct play_words w;
		buf_text(&text, "");
		expand(p, one, &text);
		split(text.data, &w);
		bool ok = w.count == 0 || play_statement(p, &w);
		buf_finish(&text);
		if (!ok) {
			play_has_failed(p, "\nat: %s", one);
			return false;
		}
	}
	return true;
}
