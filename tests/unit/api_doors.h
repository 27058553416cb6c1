/* api_doors.h - an office and its API, for tests of who and what it lets in. */
#ifndef API_DOORS_H
#define API_DOORS_H

#include "api_kit.h"
#include "hub/fleet.h"

struct doors {
	struct office_kit office;
	struct hub hub;
};

static inline void doors_open(struct doors *d)
{
	struct err e = {0};
	office_kit_open(&d->office);
	d->hub = (struct hub){.office = d->office.office, .clock = clock_started_at(d->office.now_utc_s)};
	if (!fleet_open(&d->hub.fleet, d->hub.office, &d->hub.clock, &e))
		abort();
}

static inline void doors_close(struct doors *d)
{
	fleet_close(d->hub.fleet);
	office_kit_close(&d->office);
}

/* So much later, for the office and the hub. */
static inline void doors_wait(struct doors *d, int64_t seconds)
{
	d->office.now_utc_s += seconds;
	d->hub.clock = clock_started_at(d->office.now_utc_s);
}

/* In a transaction of the hub's own. */
static inline void doors_do(struct doors *d, const char *sql, int64_t a, int64_t b)
{
	struct err e = {0};
	office_begin(d->hub.office, d->office.now_utc_s, &office_itself);
	office_do(d->hub.office, sql, "ii", a, b);
	if (!office_commit(d->hub.office, &e))
		abort();
}

static inline int64_t doors_count(struct doors *d, const char *sql)
{
	office_begin(d->hub.office, d->office.now_utc_s, &office_itself);
	int64_t n = office_number(d->hub.office, -1, sql, "");
	office_rollback(d->hub.office);
	return n;
}

/* The answer in a word: "401 unauthenticated"; of what succeeds: "200". Until the next. */
static inline const char *doors_said(struct doors *d, const struct api_kit_ask *a)
{
	static char text[80];
	json_t *body = NULL;
	unsigned status = api_kit_call(&d->hub, a, &body);
	const char *code = json_string_value(json_object_get(json_object_get(body, "error"), "code"));
	(void)snprintf(text, sizeof text, "%u%s%s", status, code ? " " : "", code ? code : "");
	json_decref(body);
	return text;
}

static inline const char *doors_as(
	struct doors *d, const struct api_kit_session *s, const char *method, const char *path, const char *body)
{
	const struct api_kit_ask a = {.method = method, .path = path, .body = body,
		.headers = {{"Cookie", s->cookie}, {"X-CSRF-Token", s->csrf}}};
	return doors_said(d, &a);
}

#endif
