/* hub.h - the running server: what its parts share. Made by serve.c; constant while it
 * serves, but for what has a lock of its own. */
#ifndef HUB_H
#define HUB_H

#include <stdbool.h>

#include "base/clock.h"
#include "office/office.h"

struct hub {
	struct office *office;
	struct fleet *fleet;
	struct press *press; /* NULL: nothing can be painted or published here */
	struct clock clock;
	const char *origin; /* "https://hub.example.cn", as browsers write it; NULL: any that names this host */
};

/* The session's cookie, where the address is not https. */
#define HUB_COOKIE "fangzi_session"

/* Its address is https: cookies go nowhere else. */
bool hub_is_secure(const struct hub *h);

#endif
