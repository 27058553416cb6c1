/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/jfif.h"

#include <stdint.h>
#include <string.h>

#define MARKER_EOI 0xD9
#define MARKER_SOS 0xDA
#define MARKER_APP1 0xE1
#define EXIF_HEADER 6 /* "Exif", 0, 0 */
#define TIFF_HEADER 8
#define IFD_ENTRY 12
#define TAG_ORIENTATION 0x0112

struct segment {
	unsigned marker;
	const unsigned char *data; /* behind its length */
	size_t len;
};

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool is_jpeg(const unsigned char *b, size_t len)
{
	return len >= 4 && b[0] == 0xFF && b[1] == 0xD8;
}

/* Steps over one segment; false at the end, or where the file is none. */
static bool next_segment(const unsigned char *b, size_t len, size_t *at, struct segment *s)
{
	while (*at + 1 < len && b[*at] == 0xFF && b[*at + 1] == 0xFF)
		(*at)++; /* fill bytes */
	if (*at + 4 > len || b[*at] != 0xFF)
		return false;
	size_t size = be16(b + *at + 2);
	if (size < 2 || *at + 2 + size > len)
		return false;
	*s = (struct segment){b[*at + 1], b + *at + 4, size - 2};
	*at += 2 + size;
	return true;
}

/* SOF0..15 but DHT, JPG, DAC. */
static bool is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool jfif_size(const unsigned char *b, size_t len, int *width, int *height)
{
	struct segment s;
	size_t at = 2;
	while (is_jpeg(b, len) && next_segment(b, len, &at, &s)) {
		if (!is_frame(s.marker) || s.len < 5)
			continue;
		*height = (int)be16(s.data + 1);
		*width = (int)be16(s.data + 3);
		return true;
	}
	return false;
}

/* Little or big endian, as the TIFF header in it says. */
static unsigned read_tiff(const unsigned char *p, int bytes, bool is_little)
{
	unsigned out = 0;
	for (int i = 0; i < bytes; i++)
		out |= (unsigned)p[i] << 8 * (is_little ? i : bytes - 1 - i);
	return out;
}

static int orientation_of(const unsigned char *tiff, size_t len)
{
	if (len < TIFF_HEADER || (memcmp(tiff, "II*\0", 4) != 0 && memcmp(tiff, "MM\0*", 4) != 0))
		return 1;
	bool is_little = tiff[0] == 'I';
	size_t at = read_tiff(tiff + 4, 4, is_little);
	if (at > len - 2)
		return 1;
	unsigned count = read_tiff(tiff + at, 2, is_little);
	for (at += 2; count > 0 && at + IFD_ENTRY <= len; count--, at += IFD_ENTRY) {
		if (read_tiff(tiff + at, 2, is_little) != TAG_ORIENTATION)
			continue;
		unsigned value = read_tiff(tiff + at + 8, 2, is_little);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

int jfif_orientation(const unsigned char *b, size_t len)
{
	struct segment s;
	size_t at = 2;
	while (is_jpeg(b, len) && next_segment(b, len, &at, &s) && s.marker != MARKER_SOS) {
		if (s.marker == MARKER_APP1 && s.len > EXIF_HEADER &&
			memcmp(s.data, "Exif\0", EXIF_HEADER) == 0)
			return orientation_of(s.data + EXIF_HEADER, s.len - EXIF_HEADER);
	}
	return 1;
}

/* From entropy-coded data to the next marker that is neither stuffed nor a restart. */
static size_t skip_scan(const unsigned char *b, size_t len, size_t at)
{
	while (at + 1 < len) {
		bool is_marker = b[at] == 0xFF && b[at + 1] != 0 && b[at + 1] != 0xFF &&
				 (b[at + 1] < 0xD0 || b[at + 1] > 0xD7);
		if (is_marker)
			return at;
		at++;
	}
	return len;
}

int jfif_count_scans(const unsigned char *b, size_t len)
{
	struct segment s = {0};
	size_t at = 2;
	int scans = 0;
	if (!is_jpeg(b, len))
		return 0;
	while (at + 1 < len && !(b[at] == 0xFF && b[at + 1] == MARKER_EOI)) {
		if (!next_segment(b, len, &at, &s))
			return 0;
		if (s.marker == MARKER_SOS) {
			scans++;
			at = skip_scan(b, len, at);
		}
	}
	return at + 1 < len ? scans : 0;
}
