/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/zone.h"
#include "content/checker.h"
#include "content/edtf.h"
#include "content/film.h"
#include "content/words.h"

#define URL_BYTES_MAX 200 /* still a QR code that scans from where one stands */
#define ID_BYTES_MAX 64
#define MEDIA_BYTES_MAX 128

static bool is_id(const char *text)
{
	size_t len = strlen(text);
	return len >= 1 && len <= ID_BYTES_MAX && text[0] != '-' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static bool is_media_name(const char *text)
{
	size_t len = strlen(text);
	return len >= 1 && len <= MEDIA_BYTES_MAX && strcmp(text, ".") != 0 && strcmp(text, "..") != 0 &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static bool is_url(const char *text)
{
	size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
	size_t len = strlen(text);
	if (!scheme || len > URL_BYTES_MAX || len == scheme || text[scheme] == '/')
		return false;
	return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
			    "-._~:/?#[]@!$&'()*+,;=%") == len;
}

static bool is_hour(const char *text)
{
	int hour, minute;
	return strlen(text) == 5 && civil_digits(text, 2, &hour) && text[2] == ':' &&
	       civil_digits(text + 3, 2, &minute) && minute < 60 &&
	       (hour < 24 || (hour == 24 && minute == 0));
}

/* Only what a date is written with, and a year first: a date, or a mistyped one. */
static bool is_like_date(const char *text)
{
	int year;
	return strlen(text) >= 4 && civil_digits(text, 4, &year) &&
	       strspn(text, "0123456789-/~") == strlen(text);
}

static void check_text(struct checker *c, const struct field *f, const struct node *value, const char *text)
{
	char why[160];
	struct words_rule rule = {
		.max_chars = (int)f->max,
		.max_lines = f->max_lines ? f->max_lines : 1,
		.is_drawable = c->options->is_drawable,
		.user = c->options->drawable_user,
	};
	if (strlen(text) != value->count)
		checker_error(c, value, "control character U+0000 is not allowed");
	else if (!words_check(text, &rule, why, sizeof why))
		checker_error(c, value, "%s", why);
}

static void check_word(struct checker *c, const struct field *f, const struct node *value, const char *text)
{
	char known[200] = "";
	for (int i = 0; f->words[i]; i++) {
		if (strcmp(f->words[i], text) == 0)
			return;
	}
	for (int i = 0; f->words[i]; i++) {
		size_t len = strlen(known);
		(void)snprintf(known + len, sizeof known - len, "%s%s", i ? ", " : "", f->words[i]);
	}
	checker_error(c, value, "must be one of %s", known);
}

/* By its name a medium is known for a picture or a film before anybody reads it. */
static void check_media(struct checker *c, const struct node *value, const char *text, bool is_film)
{
	if (!is_media_name(text))
		checker_error(c, value, "must be a media name: [A-Za-z0-9._-]{1,128}");
	else if (film_is_name(text) != is_film)
		checker_error(c, value, "%s",
			is_film ? "must be a film: its name ends in .mp4"
				: "must be a picture: .mp4 is the end of a film's name");
	else if (c->options->has_media && !c->options->has_media(c->options->media_user, text))
		checker_error(
			c, value, "no sound %s of that name among the media", is_film ? "film" : "picture");
}

static void check_string(struct checker *c, const struct field *f, const struct node *value, const char *text)
{
	struct edtf from, to;
	int64_t utc_s;
	switch (f->type) {
	case FIELD_ID:
		if (!is_id(text))
			checker_error(c, value, "must be an id: [a-z0-9][a-z0-9-]{0,63}");
		break;
	case FIELD_DATE:
		if (!edtf_parse(text, &from))
			checker_error(c, value,
				"must be an EDTF date: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-33..36, -40, -41");
		break;
	case FIELD_DAY:
		if (!edtf_parse(text, &from) || from.precision != EDTF_DAY || from.is_approximate)
			checker_error(c, value, "must be a date: YYYY-MM-DD");
		break;
	case FIELD_PERIOD:
		if (!edtf_parse_period(text, &from, &to))
			checker_error(c, value, "must be an EDTF date or A/B with A not after B");
		break;
	case FIELD_AS_OF:
		if (edtf_parse_period(text, &from, &to))
			break;
		if (is_like_date(text))
			checker_error(c, value, "must be an EDTF date, A/B with A not after B, or words");
		else
			check_text(c, f, value, text);
		break;
	case FIELD_TIME:
		if (!civil_parse_rfc3339(text, &utc_s))
			checker_error(c, value, "must be an RFC 3339 time with its offset");
		break;
	case FIELD_HOUR:
		if (!is_hour(text))
			checker_error(c, value, "must be HH:MM");
		break;
	case FIELD_WORD:
		check_word(c, f, value, text);
		break;
	case FIELD_REF:
		if (!checker_has(c, f->list, text))
			checker_error(c, value, "no such id in %s", f->list);
		break;
	case FIELD_ZONE:
		if (!zone_is_known(text))
			checker_error(c, value, "must be an IANA time zone");
		break;
	case FIELD_URL:
		if (!is_url(text))
			checker_error(c, value, "must be an http or https address of at most %d characters",
				URL_BYTES_MAX);
		break;
	case FIELD_MEDIA:
	case FIELD_FILM:
		check_media(c, value, text, f->type == FIELD_FILM);
		break;
	default:
		check_text(c, f, value, text);
	}
}

static void check_number(struct checker *c, const struct field *f, const struct node *value)
{
	if (f->type == FIELD_INT && !node_is(value, NODE_INT)) {
		checker_error(c, value, "must be a whole number");
		return;
	}
	double v = node_number(value);
	if (!isfinite(v) || v < (double)f->min || v > (double)f->max)
		checker_error(c, value, "must be within %lld and %lld", (long long)f->min, (long long)f->max);
}

void checker_value(struct checker *c, const struct field *f, const struct node *value)
{
	if (f->type == FIELD_BOOL) {
		if (!node_is(value, NODE_BOOL))
			checker_error(c, value, "must be true or false");
	} else if (f->type == FIELD_INT || f->type == FIELD_NUMBER) {
		if (!node_is(value, NODE_INT) && !node_is(value, NODE_REAL))
			checker_error(c, value, "must be a number");
		else
			check_number(c, f, value);
	} else if (!node_is(value, NODE_TEXT)) {
		checker_error(c, value, "must be a text");
	} else {
		check_string(c, f, value, value->text);
	}
}
