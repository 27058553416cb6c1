/* keys.h - keyboards, kept from the console behind the picture.
 *
 * Without a desktop the kernel's console still reads every keyboard: blind typing at a login,
 * Ctrl-Alt-F2, Ctrl-Alt-Del. A keyboard that is grabbed (EVIOCGRAB, linux/input.h) speaks to
 * nobody else, and it takes no more than the right to read it. Power buttons and touch screens
 * are left alone. */
#ifndef KEYS_H
#define KEYS_H

struct keys;

/* folder is where the devices are, KEYS_FOLDER. */
#define KEYS_FOLDER "/dev/input"
struct keys *keys_create(const char *folder);
void keys_destroy(struct keys *k); /* lets them go; NULL is fine */

/* Grabs those that came since the last look, and forgets those that went. Returns how many are
 * held. */
int keys_look(struct keys *k);

#endif
