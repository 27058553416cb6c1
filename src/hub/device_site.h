/* device_site.h - where screens speak to the hub: /device/v1/hello, report, picture
 * (docs/devices.md). Everything there is signed by the screen's own key. Sites of http.h:
 * hellos and reports are answered from memory, at once; a picture is written down, slowly. */
#ifndef DEVICE_SITE_H
#define DEVICE_SITE_H

#include "hub/http.h"

#define DEVICE_PREFIX "/device/v1/"
#define DEVICE_PICTURE "/device/v1/picture"

/* user: a struct hub. */
void device_site_answer(void *user, const struct http_request *r, struct http_answer *a);
void device_site_answer_picture(void *user, const struct http_request *r, struct http_answer *a);

/* A picture's label, in a header, says whether its bytes are wanted at all. */
size_t device_site_body_max(void *user, const struct http_request *r);

#endif
