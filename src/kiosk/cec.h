/* cec.h - tells a television over HDMI-CEC to sleep or to wake: the kernel's own interface (/dev/cec*), three
 * messages, no library. Blocks for as long as the bus takes, seconds where it is bad: for a process of its
 * own (errand.h). After a fork, nothing here is called that a program with threads may not. */
#ifndef CEC_H
#define CEC_H

#include <stdbool.h>

#define CEC_FOLDER "/dev"

/* Also exit codes. */
enum cec_answer {
	CEC_HEARD, /* a television took it */
	CEC_FAILED, /* an adapter refused to send */
	CEC_UNHEARD = 3, /* sent, and no television answered; or no adapter has one connected */
};

/* ioctl(2). */
typedef int cec_control(int fd, unsigned long request, void *what);
int cec_ask_kernel(int fd, unsigned long request, void *what);

/* There is an adapter. */
bool cec_is_there(const char *folder);

/* On every adapter that has a display; is_lit: wake and show this input, else sleep. */
enum cec_answer cec_say(const char *folder, bool is_lit, cec_control *control);

#endif
