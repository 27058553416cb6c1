/* SPDX-License-Identifier: Apache-2.0 */
#include "content/film.h"

#include <stdint.h>
#include <string.h>

#define ENDING ".mp4"
#define SAMPLE_SIZE_AT 24 /* of width and height in a sample entry */
#define MATRIX_AT 40 /* in a track's header of version 0; later ones have longer times before it */
#define MATRIX_LATER 12

struct box {
	const unsigned char *at; /* what is in it */
	size_t len;
};

bool film_is_name(const char *name)
{
	size_t len = strlen(name), end = sizeof ENDING - 1;
	return len > end && strcmp(name + len - end, ENDING) == 0;
}

static uint32_t be32(const unsigned char *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Takes the first box off *rest. False: there is none, or it is longer than what is left. */
static bool next_box(struct box *rest, struct box *out, const unsigned char **type)
{
	size_t head = 8;
	if (rest->len < head)
		return false;
	uint64_t size = be32(rest->at);
	if (size == 1 && rest->len >= 16) {
		head = 16;
		size = (uint64_t)be32(rest->at + 8) << 32 | be32(rest->at + 12);
	} else if (size == 0) { /* to the end of the file */
		size = rest->len;
	}
	if (size < head || size > rest->len)
		return false;
	*type = rest->at + 4;
	*out = (struct box){rest->at + head, (size_t)size - head};
	rest->at += size;
	rest->len -= (size_t)size;
	return true;
}

/* The first of that type among those left in *rest, which then begins behind it. */
static bool find_next(struct box *rest, const char *type, struct box *out)
{
	const unsigned char *found;
	while (next_box(rest, out, &found)) {
		if (memcmp(found, type, 4) == 0)
			return true;
	}
	return false;
}

static bool find(struct box in, const char *type, struct box *out)
{
	return find_next(&in, type, out);
}

/* A camera that was held upright says so here instead of turning its pixels. */
static bool is_turned(const struct box *track)
{
	struct box header;
	if (!find(*track, "tkhd", &header) || header.len < 1)
		return false;
	size_t at = MATRIX_AT + (header.at[0] ? MATRIX_LATER : 0);
	return header.len >= at + 16 && (be32(header.at + at + 4) != 0 || be32(header.at + at + 12) != 0);
}

/* The description of a track's samples, if they are H.264. */
static bool find_h264(const struct box *track, struct box *out)
{
	struct box media, inner, table, described;
	if (!find(*track, "mdia", &media) || !find(media, "minf", &inner) || !find(inner, "stbl", &table) ||
		!find(table, "stsd", &described) || described.len < 8)
		return false;
	described.at += 8; /* version, flags, how many */
	described.len -= 8;
	return (find(described, "avc1", out) || find(described, "avc3", out)) &&
	       out->len >= SAMPLE_SIZE_AT + 4;
}

bool film_is_likely(const void *bytes, size_t len)
{
	return len >= 8 && memcmp((const char *)bytes + 4, "ftyp", 4) == 0;
}

bool film_probe(const void *bytes, size_t len, struct film_info *out, struct err *e)
{
	struct box file = {bytes, len}, first, movie, track, sample;
	const unsigned char *type;
	if (!film_is_likely(bytes, len) || !next_box(&file, &first, &type))
		return err_set(e, ERR_FORMAT, "is no MP4");
	if (!find(file, "moov", &movie))
		return err_set(e, ERR_FORMAT, "is cut off, or no film: it has no index");
	do {
		if (!find_next(&movie, "trak", &track))
			return err_set(e, ERR_FORMAT, "has no film in H.264 (avc1)");
	} while (!find_h264(&track, &sample));
	uint32_t size = be32(sample.at + SAMPLE_SIZE_AT);
	*out = (struct film_info){(int)(size >> 16), (int)(size & 0xffff)};
	if (out->width < 1 || out->height < 1 || out->width > FILM_SIDE_MAX || out->height > FILM_SIDE_MAX ||
		out->width * out->height > FILM_PIXELS_MAX)
		return err_set(e, ERR_FORMAT, "has %d x %d pixels, at most 1920 x 1080 can be shown",
			out->width, out->height);
	return !is_turned(&track) || err_set(e, ERR_FORMAT, "is to be turned: encode it upright");
}
