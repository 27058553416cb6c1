/* keys.h - keyboards, kept from the console behind the picture.
 *
 * Without a desktop the kernel's console still reads every keyboard: blind typing at a login,
 * Ctrl-Alt-F2, Ctrl-Alt-Del. A keyboard that is grabbed (EVIOCGRAB, linux/input.h) speaks to
 * nobody else, and it takes no more than the right to read it. Power buttons and touch screens
 * are left alone. */
#ifndef KEYS_H
#define KEYS_H

struct inputs;

/* Begins inputs (inputs.h) that take keyboards; finish them with inputs_finish(). */
void keys_begin(struct inputs *in, const char *folder);

#endif
