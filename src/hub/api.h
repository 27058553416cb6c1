/* api.h - the HTTP API (assets/openapi.yaml): who asks, what may be asked, what is answered.
 *
 * A request is asked of tables of routes, one table an area. Nothing here knows a socket, so
 * a test can ask as fast as it likes. Any thread. */
#ifndef API_H
#define API_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/http.h"
#include "office/office.h"
#include "office/session.h"

#define API_PARTS_MAX 8
#define API_JSON_BYTES_MAX (1 << 20)
#define API_UPLOAD_BYTES_MAX (20 << 20)

struct hub;

/* What arrives. Texts are borrowed; header and query answer NULL for what is not there. */
struct api_request {
	const char *method, *path; /* below /api/v1/, as sent */
	const char *body;
	size_t body_len;
	const char *address;
	const char *(*header)(const void *user, const char *name);
	const char *(*query)(const void *user, const char *name); /* as sent */
	const void *user;
};

/* One call of a handler. */
struct api_call {
	struct hub *hub;
	struct office *office;
	const struct api_request *request;
	int64_t now_utc_s;
	const char *parts[API_PARTS_MAX]; /* of the path, decoded, in the order of the route's ":" */
	int part_count;
	json_t *body; /* of a route that takes JSON; an object */
	struct session *session; /* of who asks; NULL on a route without */
	const struct actor *actor; /* likewise */
	struct http_answer *answer;
	json_t *details; /* of an error; api_detail() */
	char *texts; /* what parts and queries are decoded into; api.c's */
	size_t texts_len;
};

enum api_flags {
	API_OPEN = 1, /* without a session */
	API_CONFIRMED = 2, /* has signed again within the last minutes */
	API_UPLOAD = 4, /* the body is bytes, not JSON */
	API_ONE_TIME = 8, /* also with a one-time password */
	API_PEOPLE = 16, /* no scripts */
};

struct api_route {
	const char *method, *pattern; /* "sets/:/items/:/:" */
	unsigned roles; /* any of them; OFFICE_ANYBODY */
	unsigned flags;
	/* False with *e: what api_fail() makes of it. True: the answer is set. */
	bool (*handle)(struct api_call *c, struct err *e);
};

struct api_area {
	const struct api_route *routes;
	size_t count;
};
extern const struct api_area api_session_area, api_account_area, api_set_area, api_office_area,
	api_audit_area, api_overview_area, api_preview_area, api_media_area,
	api_publish_area, api_setting_area, api_import_area, api_screen_area;

/* Answers whatever came. */
void api_answer(struct hub *h, const struct api_request *r, struct http_answer *a);

/* How large a body of this request may be; by the route and, for uploads, the session. */
size_t api_body_max(struct hub *h, const struct api_request *r);

/* ---- for handlers ------------------------------------------------------------------ */

/* A query's value, decoded; NULL: none. Lives as long as the call. */
const char *api_query(struct api_call *c, const char *name);

/* Whole numbers of a path's part or a query; ERR_FORMAT. otherwise: when there is none. */
bool api_number(const char *text, int64_t *out, struct err *e);
bool api_query_number(struct api_call *c, const char *name, int64_t otherwise, int64_t *out, struct err *e);

/* Text of the body; missing is ERR_FORMAT, or otherwise when that is not NULL. */
bool api_text(struct api_call *c, const char *name, const char *otherwise, const char **out, struct err *e);
bool api_bool(struct api_call *c, const char *name, bool otherwise, bool *out, struct err *e);

/* Takes value. Returns true, so that a handler ends with it. */
bool api_send(struct api_call *c, unsigned status, json_t *value);
bool api_done(struct api_call *c); /* 204 */

/* Begins as who asks; ends with office_end(). */
void api_begin(struct api_call *c);
bool api_end(struct api_call *c, bool ok, struct err *e);

/* The site's calendar day, in days and as text. Within a transaction. */
int32_t api_office_today(struct api_call *c, char text[static 16]);

/* Adds an entry to the list "details" of the error that the call will end with; takes it. */
void api_detail(struct api_call *c, json_t *detail);

#endif
