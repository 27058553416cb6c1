/* device_site.h - where screens speak to the hub: /device/v1/hello, report, picture
 * (docs/devices.md). Everything there is signed by the screen's own key. Answers come from
 * memory; a site of http.h, at once. */
#ifndef DEVICE_SITE_H
#define DEVICE_SITE_H

#include "hub/http.h"

#define DEVICE_PREFIX "/device/v1/"

/* user: a struct hub. */
void device_site_answer(void *user, const struct http_request *r, struct http_answer *a);
size_t device_site_body_max(void *user, const struct http_request *r);

#endif
