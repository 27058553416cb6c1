/* status.h - what fangzi-sync and fangzi-kiosk last said of themselves, as key=value lines.
 *
 * But for device.status not durable: written without fsync when something changed, and at most
 * every ten minutes otherwise, so that a memory card lasts. Readers take nothing in it on
 * trust; garbage reads as "nothing said". */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "feed/digest.h"

#define STATUS_TEXT_MAX 640
#define STATUS_NAME_MAX 97

struct status {
	int64_t last_ok_utc_s; /* the last answer that held; 0: never */
	int64_t last_try_utc_s;
	bool is_online; /* the last try got an answer that held */
	char last_error[STATUS_TEXT_MAX]; /* "" when the last try was fine */
};

bool status_write(const char *folder, const struct status *s, struct err *e);

/* False when there is none or it cannot be read. */
bool status_read(const char *folder, struct status *out);

#define STATUS_RUNTIME_FOLDER "/run/fangzi-kiosk" /* the unit's: it cannot write the state folder */

/* What stands on the display, as the one who painted it says. */
struct status_shown {
	int64_t version; /* 0: none */
	char content_sha256[DIGEST_HEX], page[STATUS_NAME_MAX]; /* "": nothing was shown yet */
	int32_t day; /* of the site's calendar; 0: not known */
	bool is_stale; /* the page says that its words are old */
};

/* What the screen found when it looked at what it presents (kiosk/witness.h). */
struct status_screen {
	int64_t started_utc_s, looked_utc_s;
	uint64_t picture; /* hash of what stands there */
	int64_t incidents; /* since the start: what stood there was not what was painted */
	int64_t incident_utc_s; /* the last one; 0: none */
	char incident[64];
	char display[8]; /* ok, black, other; "": not looked at yet */
	char size[16]; /* of the picture, 1920x1080 */
	int64_t every_s; /* it says so at least this often; 0: nobody knows */
	struct status_shown shown;
};

bool status_screen_write(const char *folder, const struct status_screen *s, struct err *e);
bool status_screen_read(const char *folder, struct status_screen *out); /* as status_read() */

/* Where it is: the folder that was named, or the newer one of the state folder and the unit's. */
const char *status_screen_folder(const char *named, const char *state);

/* The display now, as a word of the report; "" when nobody looked. */
const char *status_display(const struct status_screen *s, int64_t now_utc_s);

/* What fangzi-sync has to say to the screen of its hub: device.status. Durable (file.h): its tag decides
 * which pages are shown. */
struct status_device {
	char fingerprint[24];
	char code[16]; /* to be shown, for pairing; "": none */
	int64_t code_until_ms; /* monotonic, of this boot */
	char pair_url[256]; /* where an officer types it in, for a telephone to scan; "": too long */
	bool is_in_touch; /* the hub answers */
	char tag[STATUS_NAME_MAX]; /* what the hub calls this screen's playlist; "": it does not */
	char picture[24]; /* a picture is wanted, under this name; "": none */
	char error[200]; /* why the hub did not answer as it should; "": it did */
};

bool status_device_write(const char *folder, const struct status_device *d, struct err *e);
bool status_device_read(const char *folder, struct status_device *out); /* as status_read() */
void status_device_remove(const char *folder);

/* Some fangzi-sync holds the folder's lock: somebody keeps the status up to date. */
bool status_is_watched(const char *folder);

#endif
