/* console_site.h - the web console's files, all read into memory when the hub starts: no
 * name that is asked for ever reaches the file system. A site of http.h. */
#ifndef CONSOLE_SITE_H
#define CONSOLE_SITE_H

#include <stdbool.h>

#include "base/err.h"
#include "hub/http.h"

struct console_site;

/* secure: say to browsers that this host is https for good. folder NULL: the one that was
 * installed or built with this program. ERR_IO: there is none. */
bool console_site_open(struct console_site **out, const char *folder, bool secure, struct err *e);
void console_site_close(struct console_site *s); /* NULL is fine */

void console_site_answer(void *user, const struct http_request *r, struct http_answer *a);

#endif
