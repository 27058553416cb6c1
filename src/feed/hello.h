/* hello.h - how a screen presents itself to a hub that does not know it yet, and the label of
 * a picture that it sends (docs/devices.md).
 *
 * A hello brings its own key: the signature shows that who sends it holds that key, and
 * nothing else. That it is the screen one means is seen by its code and its fingerprint. */
#ifndef HELLO_H
#define HELLO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"
#include "feed/key.h"
#include "feed/report.h"

#define HELLO_TYPE "application/vnd.fangzi.hello.v1+json"
#define HELLO_BYTES_MAX 2048 /* of the envelope */
#define HELLO_CODE_TEXT 7 /* 6 digits, that can be read out by telephone; an officer has five tries */
#define HELLO_CODE_S 600 /* a code counts so long */
#define HELLO_FINGERPRINT_TEXT 20 /* "A1B2 C3D4 E5F6 0718" */

struct hello {
	char code[HELLO_CODE_TEXT];
	int64_t seq, at_utc_s; /* as in a report */
	char software[33], size[17];
};

/* Opens an envelope that a key signed which stands in it; the caller ends the key. ERR_FORMAT,
 * ERR_UNTRUSTED. */
bool hello_open(struct hello *h, struct key **key, const char *bytes, size_t len, struct err *e);

/* The envelope, appended. ERR_IO. */
bool hello_seal(const struct hello *h, const struct key *k, struct buf *out, struct err *e);

void hello_draw_code(char out[static HELLO_CODE_TEXT]);
bool hello_is_code(const char *text);
void hello_fingerprint(const char *key_id, char out[static HELLO_FINGERPRINT_TEXT]);

#define HELLO_PICTURE_TYPE "application/vnd.fangzi.picture.v1+json"
#define HELLO_PICTURE_BYTES_MAX (1 << 20)
#define HELLO_LABEL_BYTES_MAX 2048 /* of the label's envelope */
#define HELLO_REQUEST_TEXT 17

struct hello_label {
	char screen[REPORT_SCREEN_TEXT], request[HELLO_REQUEST_TEXT]; /* 16 hex digits each */
	int64_t seq, captured_utc_s, size;
	char sha256[DIGEST_HEX]; /* of the JPEG that follows */
};

bool hello_read_label(struct hello_label *l, const char *body, size_t len, struct err *e);
void hello_write_label(const struct hello_label *l, struct buf *out);

#endif
