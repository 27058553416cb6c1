/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/summary.h"

#include <stdio.h>

#include "base/civil.h"
#include "store/status.h"
#include "store/store.h"

static void print_time(const char *key, int64_t utc_s)
{
	char text[32] = "";
	if (utc_s)
		civil_format_rfc3339(utc_s, text);
	(void)printf("%s=%s\n", key, text);
}

static void print_number(const char *key, int64_t number)
{
	if (number)
		(void)printf("%s=%lld\n", key, (long long)number);
	else
		(void)printf("%s=\n", key);
}

/* By hand the screen keeps its file in the state folder, as a service in its own. */
static void print_screen(const char *state)
{
	struct status_screen s;
	if (!status_screen_read(state, &s))
		(void)status_screen_read(STATUS_RUNTIME_FOLDER, &s);
	print_time("screen_looked", s.looked_utc_s);
	(void)printf("incidents=%lld\n", (long long)s.incidents);
	print_time("last_incident", s.incident_utc_s);
	(void)printf("incident=%s\n", s.incident);
}

/* Nothing of it without a hub: then nothing changes. */
static void print_hub(const char *state)
{
	struct status_device d;
	if (!status_device_read(state, &d))
		return;
	(void)printf("fingerprint=%s\nhub=%s\nhub_error=%s\ntag=%s\n", d.fingerprint,
		*d.code          ? "waits for pairing"
		: d.is_in_touch ? "answers"
				 : "does not answer",
		d.error, d.tag);
}

bool summary_print(const struct sync_options *o, struct err *e)
{
	struct store *store;
	struct store_record r;
	struct status s;
	struct err ignored = {0};
	int64_t objects, bytes;
	if (!o->state)
		return err_set(e, ERR_USAGE, "--state DIR is needed");
	if (!store_open_reader(&store, o->state, e))
		return false;
	(void)store_read_record(store, &r, &ignored); /* zero when there is none */
	(void)status_read(o->state, &s);
	store_measure(store, &objects, &bytes);
	(void)printf("feed=%s\n", r.feed);
	print_number("version", r.version);
	print_number("seq", r.seq);
	print_number("trust", r.trust);
	print_time("issued", r.floor_utc_s);
	print_time("last_ok", s.last_ok_utc_s);
	(void)printf("last_error=%s\n", s.last_error);
	print_number("refused_version", r.refused_version);
	(void)printf("refused_reason=%s\nobjects=%lld\nbytes=%lld\n", r.refused_reason, (long long)objects,
		(long long)bytes);
	print_screen(o->state);
	print_hub(o->state);
	store_close(store);
	return true;
}
