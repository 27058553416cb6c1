/* post.h - what a screen sends to its hub, signed, and what the hub answers (docs/devices.md).
 *
 * An answer is believed for a name, a playlist and the wish for a picture, and for nothing
 * else: what is shown comes from the feed alone. */
#ifndef POST_H
#define POST_H

#include "feed/hello.h"
#include "feed/report.h"
#include "sync/device.h"
#include "sync/fetch.h"

enum post_outcome {
	POST_TAKEN,
	POST_WAITING, /* a hello: nobody has typed the code in yet */
	POST_OTHER_CODE, /* another screen shows this code, or too many show one */
	POST_REFUSED, /* this key is revoked, or not known */
	POST_FAILED, /* no answer, or one that makes no sense: try again later */
};

struct post_answer {
	char screen[REPORT_SCREEN_TEXT]; /* to a hello that was taken */
	char name[DEVICE_NAME_TEXT], tag[DEVICE_TAG_TEXT];
	char picture[HELLO_REQUEST_TEXT]; /* a picture is wanted, under this name; "": none */
	int64_t retry_after_s;
};

/* *e says why it was not POST_TAKEN. */
enum post_outcome post_hello(
	struct fetch *f, const struct device *d, const struct hello *h, struct post_answer *a, struct err *e);
enum post_outcome post_report(
	struct fetch *f, const struct device *d, const struct report *r, struct post_answer *a, struct err *e);
enum post_outcome post_picture(
	struct fetch *f, const struct device *d, const struct hello_label *l, const struct buf *jpeg, struct err *e);

#endif
