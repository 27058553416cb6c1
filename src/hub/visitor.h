/* visitor.h - who a request comes from: a cookie or a token, and that a browser sent it on
 * purpose (CSRF: a token, the Origin, Sec-Fetch-Site; OWASP ASVS 5.0, 3.3 and 3.5). */
#ifndef VISITOR_H
#define VISITOR_H

#include "hub/api.h"

/* The session of the request. ERR_UNTRUSTED: none; ERR_FORBIDDEN: sent by another site. */
bool visitor_find(struct api_call *c, struct session *out, struct err *e);

/* Nothing of it says that another site sent it; for what needs no session. */
bool visitor_is_at_home(const struct api_call *c, struct err *e);

/* The session's token of the request's cookie; false: none. */
bool visitor_cookie(const struct api_call *c, char token[static SECRET_TOKEN_TEXT]);

/* Sets the cookie, or takes it back with NULL. */
void visitor_set_cookie(struct api_call *c, const char *token);

#endif
