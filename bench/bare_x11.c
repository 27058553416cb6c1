/* SPDX-License-Identifier: Apache-2.0
 *
 * bare_x11 RRGGBB: the least that a program can do that paints its own picture: connect, one
 * window as large as the display, one picture in shared memory, put there once. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(int argc, char **argv)
{
	Display *d = XOpenDisplay(NULL);
	if (!d || argc != 2)
		return 2;
	uint32_t rgb = (uint32_t)strtoul(argv[1], NULL, 16);
	unsigned w = (unsigned)DisplayWidth(d, 0), h = (unsigned)DisplayHeight(d, 0);
	XSetWindowAttributes how = {.override_redirect = True, .event_mask = ExposureMask};
	Window window = XCreateWindow(d, DefaultRootWindow(d), 0, 0, w, h, 0, CopyFromParent, InputOutput,
		CopyFromParent, CWOverrideRedirect | CWEventMask, &how);
	XShmSegmentInfo memory = {0};
	XImage *i = XShmCreateImage(
		d, DefaultVisual(d, 0), (unsigned)DefaultDepth(d, 0), ZPixmap, NULL, &memory, w, h);
	memory.shmid = shmget(IPC_PRIVATE, (size_t)i->bytes_per_line * h, IPC_CREAT | 0600);
	memory.shmaddr = i->data = shmat(memory.shmid, NULL, 0);
	(void)shmctl(memory.shmid, IPC_RMID, NULL); /* it stays while it is used */
	if (!XShmAttach(d, &memory))
		return 1;
	for (size_t p = 0; p < (size_t)w * h; p++)
		((uint32_t *)(void *)i->data)[p] = rgb;
	XMapWindow(d, window);
	for (XEvent event;;) {
		XNextEvent(d, &event);
		if (event.type == Expose)
			(void)XShmPutImage(d, window, DefaultGC(d, 0), i, 0, 0, 0, 0, w, h, False);
		XFlush(d);
	}
}
