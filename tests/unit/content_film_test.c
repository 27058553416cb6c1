/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files are films that a screen can be asked to play. */
#include "base/buf.h"
#include "content/film.h"
#include "sentences.h"

#define SQUARE 0x10000 /* 1, in a track's matrix */

struct film_row {
	const char *says;
	const char *first, *index, *coding; /* types of boxes */
	unsigned width, height, turned, version;
	const char *rule; /* NULL: it is one */
};

static const struct film_row rows[] = {
	{"full HD", "ftyp", "moov", "avc1", 1920, 1080, 0, 0, NULL},
	{"full HD, standing", "ftyp", "moov", "avc1", 1080, 1920, 0, 0, NULL},
	{"with parameters in the stream", "ftyp", "moov", "avc3", 640, 360, 0, 0, NULL},
	{"a track with long times", "ftyp", "moov", "avc1", 640, 360, 0, 1, NULL},
	{"a line too many", "ftyp", "moov", "avc1", 1920, 1089, 0, 0,
		"has 1920 x 1089 pixels, at most 1920 x 1080 can be shown"},
	{"too wide", "ftyp", "moov", "avc1", 1921, 10, 0, 0,
		"has 1921 x 10 pixels, at most 1920 x 1080 can be shown"},
	{"without pixels", "ftyp", "moov", "avc1", 0, 10, 0, 0,
		"has 0 x 10 pixels, at most 1920 x 1080 can be shown"},
	{"H.265", "ftyp", "moov", "hvc1", 640, 360, 0, 0, "has no film in H.264 (avc1)"},
	{"held upright by who took it", "ftyp", "moov", "avc1", 640, 360, SQUARE, 0,
		"is to be turned: encode it upright"},
	{"the same, with long times", "ftyp", "moov", "avc1", 640, 360, SQUARE, 1,
		"is to be turned: encode it upright"},
	{"something else", "RIFF", "moov", "avc1", 640, 360, 0, 0, "is no MP4"},
	{"without its index", "ftyp", "free", "avc1", 640, 360, 0, 0,
		"is cut off, or no film: it has no index"},
};

static void put(struct buf *b, unsigned value, int bytes)
{
	while (bytes-- > 0)
		buf_add(b, &(char){(char)(value >> 8 * bytes & 0xff)}, 1);
}

static void put_zeros(struct buf *b, int count)
{
	while (count-- > 0)
		put(b, 0, 1);
}

/* Takes what is in it. */
static struct buf box(const char *type, struct buf inside)
{
	struct buf out = {0};
	put(&out, (unsigned)inside.len + 8, 4);
	buf_add(&out, type, 4);
	buf_add(&out, inside.data ? inside.data : "", inside.len);
	buf_finish(&inside);
	return out;
}

static void append(struct buf *to, struct buf more)
{
	buf_add(to, more.data, more.len);
	buf_finish(&more);
}

static struct buf track_header(const struct film_row *r)
{
	struct buf b = {0};
	put(&b, r->version, 1);
	put_zeros(&b, r->version ? 51 : 39);
	put(&b, r->turned ? 0 : SQUARE, 4);
	put(&b, r->turned, 4);
	put(&b, 0, 4);
	put(&b, r->turned ? -r->turned : 0, 4);
	put_zeros(&b, 28);
	return box("tkhd", b);
}

static struct buf samples(const char *coding, unsigned width, unsigned height)
{
	struct buf entry = {0}, described = {0};
	put_zeros(&entry, 24);
	put(&entry, width, 2);
	put(&entry, height, 2);
	put_zeros(&entry, 50);
	put(&described, 0, 4);
	put(&described, 1, 4);
	append(&described, box(coding, entry));
	return box("mdia", box("minf", box("stbl", box("stsd", described))));
}

/* With sound before the pictures, as cameras have it. */
static struct buf make_film(const struct film_row *r)
{
	struct buf film = {0}, brand = {0}, movie = {0}, track = {0};
	buf_add(&brand, "isom", 4);
	append(&film, box(r->first, brand));
	append(&movie, box("mvhd", (struct buf){0}));
	append(&movie, box("trak", samples("mp4a", 0, 0)));
	append(&track, track_header(r));
	append(&track, samples(r->coding, r->width, r->height));
	append(&movie, box("trak", track));
	append(&film, box(r->index, movie));
	return film;
}

static void is_film(void **state)
{
	const struct film_row *r = *state;
	struct buf film = make_film(r);
	struct film_info info = {0};
	struct err e = {0};
	assert_int_equal(film_probe(film.data, film.len, &info, &e), !r->rule);
	assert_string_equal(e.text, r->rule ? r->rule : "");
	if (!r->rule) {
		assert_int_equal(info.width, r->width);
		assert_int_equal(info.height, r->height);
	}
	buf_finish(&film);
}

/* Wherever it is cut there is no film, and nothing is read behind the cut. */
static void cut_anywhere(void **state)
{
	struct buf film = make_film(&rows[0]);
	struct film_info info;
	(void)state;
	for (size_t len = 0; len < film.len; len++) {
		struct err e = {0};
		char *part = malloc(len + 1);
		assert_non_null(part);
		char *at = part + 1; /* not aligned, and just so long */
		memcpy(at, film.data, len);
		assert_false(film_probe(at, len, &info, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
		free(part);
	}
	buf_finish(&film);
}

/* A byte that says something else may make it another film, or none; never a fault. */
static void changed_anywhere(void **state)
{
	struct buf film = make_film(&rows[0]);
	(void)state;
	for (size_t at = 0; at < film.len; at++) {
		for (int value = 0; value < 256; value += 15) {
			struct film_info info = {0};
			struct err e = {0};
			char was = film.data[at];
			film.data[at] = (char)value;
			if (film_probe(film.data, film.len, &info, &e))
				assert_in_range(info.width * info.height, 1, FILM_PIXELS_MAX);
			film.data[at] = was;
		}
	}
	buf_finish(&film);
}

static void names(void **state)
{
	(void)state;
	assert_true(film_is_name("a.mp4"));
	assert_true(film_is_name("a.png.mp4"));
	assert_false(film_is_name(".mp4"));
	assert_false(film_is_name("mp4"));
	assert_false(film_is_name("a.mp4.png"));
	assert_false(film_is_name("a.MP4"));
	assert_false(film_is_name(""));
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, rows, is_film);
	sentences_add(&s, "a film that is cut anywhere is none", cut_anywhere, NULL);
	sentences_add(&s, "a film with any byte changed is another one, or none", changed_anywhere, NULL);
	sentences_add(&s, "names of films end in .mp4", names, NULL);
	return sentences_run(&s, "films");
}
