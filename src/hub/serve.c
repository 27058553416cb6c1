/* SPDX-License-Identifier: Apache-2.0
 *
 * serve: opened in order, closed in reverse. */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/program.h"
#include "hub/api.h"
#include "hub/command.h"
#include "hub/device_site.h"
#include "hub/fleet.h"
#include "hub/listen.h"
#include "hub/metrics.h"
#include "hub/press.h"
#include "hub/serve.h"

#define API_PREFIX "/api/v1/"
#define WORKERS 6

static const char *header(const void *user, const char *name)
{
	return http_header(user, name);
}

static const char *query(const void *user, const char *name)
{
	return http_query(user, name);
}

static struct api_request as_api(const struct http_request *r)
{
	return (struct api_request){.method = r->method, .path = r->path + strlen(API_PREFIX),
		.body = r->body.data ? r->body.data : "", .body_len = r->body.len, .address = r->address,
		.header = header, .query = query, .user = r};
}

static void answer_api(void *user, const struct http_request *r, struct http_answer *a)
{
	const struct api_request asked = as_api(r);
	api_answer(user, &asked, a);
}

static size_t api_body(void *user, const struct http_request *r)
{
	const struct api_request asked = as_api(r);
	return api_body_max(user, &asked);
}

static void add_site(struct serve *s, struct http_site site)
{
	s->sites[s->site_count++] = site;
}

static bool open_office(struct serve *s, const struct hub_options *o, struct err *e)
{
	if (!office_open(&s->hub.office, o->folder, e) ||
		!press_open(&s->hub.press, &s->hub, o, e) ||
		!fleet_open(&s->hub.fleet, s->hub.office, &s->hub.clock, e) ||
		!console_site_open(&s->console, o->console, hub_is_secure(&s->hub), e))
		return false;
	add_site(s, (struct http_site){.prefix = API_PREFIX, .user = &s->hub, .answer = answer_api,
			    .is_slow = true, .body_max = api_body});
	add_site(s, (struct http_site){.prefix = DEVICE_PICTURE, .user = &s->hub,
			    .answer = device_site_answer_picture, .is_slow = true, .body_max = device_site_body_max});
	add_site(s, (struct http_site){.prefix = DEVICE_PREFIX, .user = &s->hub, .answer = device_site_answer,
			    .body_max = device_site_body_max});
	add_site(s, (struct http_site){
			    .prefix = "/metrics", .user = &s->hub, .answer = metrics_answer, .is_slow = true});
	add_site(s, (struct http_site){.prefix = "/", .user = s->console, .answer = console_site_answer});
	return true;
}

bool serve_open(struct serve *s, const struct hub_options *o, struct err *e)
{
	int64_t at;
	s->hub.clock = clock_system();
	s->hub.origin = o->origin;
	if (o->at && !civil_parse_rfc3339(o->at, &at))
		return err_set(e, ERR_USAGE, "at: '%s' is not an RFC 3339 time", o->at);
	if (o->at)
		s->hub.clock = clock_started_at(at);
	int inherited = o->listen ? -1 : listen_inherited();
	if (!hub_options_need(o->feed, "feed", e) ||
		(inherited < 0 && !hub_options_need(o->listen, "listen", e)) || !feed_site_open(&s->feed, o->feed, e))
		return false;
	add_site(s, (struct http_site){.prefix = "/feed/", .user = s->feed, .raw = feed_site_answer});
	if (o->folder && !open_office(s, o, e))
		return false;
	return http_start(&s->http,
		&(struct http_setup){.listen = o->listen, .socket_fd = inherited, .is_behind_proxy = o->behind_proxy,
			.sites = s->sites, .site_count = s->site_count, .workers = o->folder ? WORKERS : 0},
		e);
}

void serve_close(struct serve *s)
{
	http_stop(s->http, feed_site_release, s->feed);
	fleet_close(s->hub.fleet);
	press_close(s->hub.press);
	console_site_close(s->console);
	office_close(s->hub.office);
	feed_site_close(s->feed);
}

void serve_until_stopped(void)
{
	while (program_wait_ms(INT64_MAX))
		continue;
}

bool command_serve(const struct hub_options *o, struct err *e)
{
	struct serve s = {0};
	bool ok = serve_open(&s, o, e);
	if (ok) {
		(void)printf("serving %s on port %d below /feed/\n", o->feed, http_port(s.http));
		(void)fflush(stdout);
		serve_until_stopped();
	}
	serve_close(&s);
	return ok;
}
