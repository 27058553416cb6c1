/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures that cannot be read: tried again after a minute, when the disk may be well; one
 * that is broken is not. The clock is this test's own. */
#include "board/gallery.h"

#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "sentences.h"

static int64_t ahead_s;
static int asked;
static char path[64];

#ifdef SYS_clock_gettime64 /* where a long has 32 bits: our time has 64 there too */
#define CLOCK_CALL SYS_clock_gettime64
#else
#define CLOCK_CALL SYS_clock_gettime
#endif

int clock_gettime(clockid_t id, struct timespec *out)
{
	int result = (int)syscall(CLOCK_CALL, id, out);
	out->tv_sec += ahead_s;
	return result;
}

static bool path_of(void *user, const char *name, char *out, size_t room)
{
	(void)user, (void)name;
	asked++;
	return snprintf(out, room, "%s", path) < (int)room;
}

static struct gallery *open_gallery(void)
{
	ahead_s = 0;
	asked = 0;
	(void)snprintf(path, sizeof path, "/tmp/gallery_test.%d", (int)getpid());
	return gallery_create(path_of, NULL);
}

static void put_picture(void)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 8, 8);
	assert_int_equal(cairo_surface_write_to_png(s, path), CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(s);
}

static void put_words(void)
{
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fputs("no picture", f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void what_could_not_be_read_is_tried_again(void **state)
{
	(void)state;
	struct gallery *g = open_gallery();
	assert_null(gallery_get(g, "a", 8, 8));
	put_picture();
	assert_null(gallery_get(g, "a", 8, 8));
	assert_int_equal(asked, 1);
	ahead_s = 61;
	assert_non_null(gallery_get(g, "a", 8, 8));
	assert_int_equal(asked, 2);
	gallery_destroy(g);
	(void)unlink(path);
}

static void what_is_broken_is_not(void **state)
{
	(void)state;
	struct gallery *g = open_gallery();
	put_words();
	assert_null(gallery_get(g, "a", 8, 8));
	ahead_s = 86400;
	assert_null(gallery_get(g, "a", 8, 8));
	assert_int_equal(asked, 1);
	gallery_destroy(g);
	(void)unlink(path);
}

int main(void)
{
	struct sentences s = {0};
	sentences_add(&s, "what could not be read is tried again, a minute later",
		what_could_not_be_read_is_tried_again, NULL);
	sentences_add(&s, "what is broken is not", what_is_broken_is_not, NULL);
	return sentences_run(&s, "gallery");
}
