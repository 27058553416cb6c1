/* SPDX-License-Identifier: Apache-2.0
 *
 * watch: what a display shows, seen from outside as a person would, by its root window.
 *
 *   watch pick POINTS           writes what can be known again: in each part of the display a
 *                               point of a letter or a bar that stands
 *   watch first POINTS COMMAND  runs it; milliseconds until all of these have their colours
 *   watch frames SECONDS        microseconds between what was presented, a line each
 *   watch timer SECONDS         the same of a timer that is due 60 times a second: what the machine allows
 *
 * Kept out of sight: the heading and the foot, where a clock, a dot and a ticker change. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xcb/xcb.h>

#define COLUMNS 16
#define ROWS 9
#define POINTS_MAX (COLUMNS * ROWS)
#define MARK_MIN 96 /* of 765: less does not stand out from the ground */
#define LIKE 24 /* of 765: the same colour, if rounded otherwise */
#define LOOKS 5 /* over so many times GAP_MS a point must stand */
#define GAP_MS 700
#define LIMIT_MS 30000
#define POLL_US 400
#define SAME_FRAME_US 6000 /* one frame may come in several rectangles */

struct point {
	int x, y;
	unsigned long rgb;
};

static Display *display;
static Window root;
static xcb_connection_t *server; /* the display's, for many questions at once */
static int width, height;

static long long now_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void sleep_us(long us)
{
	(void)nanosleep(&(struct timespec){us / 1000000, us % 1000000 * 1000}, NULL);
}

static int distance(unsigned long a, unsigned long b)
{
	int d = 0;
	for (int shift = 0; shift < 24; shift += 8)
		d += abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
	return d;
}

static unsigned long pixel(int x, int y)
{
	XImage *i = XGetImage(display, root, x, y, 1, 1, AllPlanes, ZPixmap);
	unsigned long rgb = i ? XGetPixel(i, 0, 0) & 0xffffff : 0;
	if (i)
		XDestroyImage(i);
	return rgb;
}

/* Letters are drawn a fraction of a pixel further on from one start to the next: only the inside of
 * a stroke or a box is the same. */
static int is_solid(XImage *i, int x, int y, unsigned long rgb)
{
	for (int at = 0; at < 9; at++) {
		if (distance(XGetPixel(i, x - 1 + at % 3, y - 1 + at / 3) & 0xffffff, rgb) > LIKE)
			return 0;
	}
	return 1;
}

/* The point of a part that stands out most from the ground; false: there is none. */
static int pick(XImage *i, int column, int row, unsigned long ground, struct point *out)
{
	int top = height * 22 / 100, bottom = height * 80 / 100, best = MARK_MIN;
	for (int y = top + (bottom - top) * row / ROWS; y < top + (bottom - top) * (row + 1) / ROWS; y++) {
		for (int x = width * column / COLUMNS + 1; x < width * (column + 1) / COLUMNS - 1; x++) {
			unsigned long rgb = XGetPixel(i, x, y) & 0xffffff;
			if (distance(rgb, ground) > best && is_solid(i, x, y, rgb)) {
				best = distance(rgb, ground);
				*out = (struct point){x, y, rgb};
			}
		}
	}
	return best > MARK_MIN;
}

static int write_points(const char *path)
{
	struct point points[POINTS_MAX];
	int count = 0, kept = 0;
	XImage *i = XGetImage(display, root, 0, 0, (unsigned)width, (unsigned)height, AllPlanes, ZPixmap);
	if (!i)
		return 1;
	unsigned long ground = XGetPixel(i, width / 50, height / 2) & 0xffffff;
	for (int part = 0; part < POINTS_MAX; part++)
		count += pick(i, part % COLUMNS, part / COLUMNS, ground, &points[count]);
	XDestroyImage(i);
	for (int look = 0; look < LOOKS; look++) {
		sleep_us(GAP_MS * 1000);
		kept = 0;
		for (int p = 0; p < count; p++) {
			if (distance(pixel(points[p].x, points[p].y), points[p].rgb) <= LIKE)
				points[kept++] = points[p];
		}
		count = kept;
	}
	FILE *f = fopen(path, "w");
	for (int p = 0; f && p < count; p++)
		(void)fprintf(f, "%d %d %06lx\n", points[p].x, points[p].y, points[p].rgb);
	return !f || fclose(f) != 0 || count < 20;
}

static int read_points(const char *path, struct point points[POINTS_MAX])
{
	int count = 0;
	FILE *f = fopen(path, "r");
	while (f && count < POINTS_MAX &&
		fscanf(f, "%d %d %lx", &points[count].x, &points[count].y, &points[count].rgb) == 3)
		count++;
	if (f)
		(void)fclose(f);
	return count;
}

static xcb_get_image_cookie_t ask(const struct point *p)
{
	return xcb_get_image(server, XCB_IMAGE_FORMAT_Z_PIXMAP, (xcb_drawable_t)root, (int16_t)p->x,
		(int16_t)p->y, 1, 1, UINT32_MAX);
}

static int is_seen(xcb_get_image_cookie_t asked, const struct point *p)
{
	xcb_get_image_reply_t *got = xcb_get_image_reply(server, asked, NULL);
	uint32_t rgb = 0;
	int is = got && xcb_get_image_data_length(got) == 4;
	if (is)
		memcpy(&rgb, xcb_get_image_data(got), 4);
	free(got);
	return is && distance(rgb & 0xffffff, p->rgb) <= LIKE;
}

/* How many hold, from the first on. While the first one does not, no other is asked for; then all are at
 * once: one after the other they would cost milliseconds, and who has more of them more. */
static int matching(const struct point *points, int count, int from)
{
	xcb_get_image_cookie_t asked[POINTS_MAX];
	int held = from;
	if (from < count && !is_seen(ask(&points[from]), &points[from]))
		return from;
	for (int p = from; p < count; p++)
		asked[p] = ask(&points[p]);
	for (int p = from, holds = 1; p < count; p++) {
		holds = is_seen(asked[p], &points[p]) && holds;
		held += holds;
	}
	return held;
}

static int time_first(const char *path, char **command)
{
	struct point points[POINTS_MAX];
	int count = read_points(path, points), held = 0;
	if (count == 0 || matching(points, count, 0) == count)
		return 1;
	long long began = now_us(), seen = began;
	pid_t child = fork();
	if (child == 0) {
		(void)setpgid(0, 0);
		(void)execvp(command[0], command);
		_exit(127);
	}
	/* What was there and has gone since begins the count anew. */
	while (child > 0 && seen - began < LIMIT_MS * 1000LL) {
		held = matching(points, count, held);
		seen = now_us();
		if (held == count && matching(points, count, 0) == count)
			break;
		held = held == count ? 0 : held;
		sleep_us(POLL_US);
	}
	if (child > 0) {
		(void)kill(-child, SIGTERM);
		(void)kill(child, SIGTERM);
		(void)waitpid(child, NULL, 0);
	}
	(void)printf("%.1f\n", (double)(seen - began) / 1000);
	return held < count;
}

static int log_frames(int seconds)
{
	int event_base, error_base;
	if (!XDamageQueryExtension(display, &event_base, &error_base))
		return 1;
	Damage damage = XDamageCreate(display, root, XDamageReportNonEmpty);
	long long began = now_us(), last = 0;
	for (long long now = began; now - began < seconds * 1000000LL; now = now_us()) {
		struct pollfd p = {.fd = ConnectionNumber(display), .events = POLLIN};
		if (XPending(display) == 0 && poll(&p, 1, 100) <= 0)
			continue;
		XEvent event;
		XNextEvent(display, &event);
		if (event.type != event_base + XDamageNotify)
			continue;
		XDamageSubtract(display, damage, None, None);
		long long at = now_us();
		if (at - last < SAME_FRAME_US)
			continue;
		if (last)
			(void)printf("%lld\n", at - last);
		last = at;
	}
	return 0;
}

static int log_timer(int seconds)
{
	long long began = now_us(), last = 0;
	for (long long due = began; due - began < seconds * 1000000LL; due += 16667) {
		if (due > now_us())
			sleep_us((long)(due - now_us()));
		long long at = now_us();
		if (last)
			(void)printf("%lld\n", at - last);
		last = at;
	}
	return 0;
}

int main(int argc, char **argv)
{
	display = XOpenDisplay(NULL);
	server = xcb_connect(NULL, NULL);
	if (!display || xcb_connection_has_error(server) || argc < 3)
		return 2;
	root = DefaultRootWindow(display);
	width = DisplayWidth(display, DefaultScreen(display));
	height = DisplayHeight(display, DefaultScreen(display));
	if (strcmp(argv[1], "pick") == 0)
		return write_points(argv[2]);
	if (strcmp(argv[1], "first") == 0 && argc > 3)
		return time_first(argv[2], argv + 3);
	if (strcmp(argv[1], "timer") == 0)
		return log_timer(atoi(argv[2]));
	return strcmp(argv[1], "frames") == 0 ? log_frames(atoi(argv[2])) : 2;
}
