/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/handover.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"

struct handover {
	pthread_mutex_t lock; /* over everything below */
	pthread_cond_t was_shown;
	int fd; /* for the thread that paints */
	int event_fd; /* for the one that shows */
	Uint32 event;
	struct handover_frame frame;
	bool is_given;
	struct handover_news news;
};

struct handover *handover_create(void)
{
	struct handover *h = alloc_zero(1, sizeof *h);
	(void)pthread_mutex_init(&h->lock, NULL);
	(void)pthread_cond_init(&h->was_shown, NULL);
	h->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	h->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	/* The queue must be there before the other thread has anything to say. */
	bool has_events = SDL_InitSubSystem(SDL_INIT_EVENTS) == 0;
	h->event = SDL_RegisterEvents(1);
	if (!has_events || h->fd < 0 || h->event_fd < 0 || h->event == (Uint32)-1)
		abort();
	return h;
}

void handover_destroy(struct handover *h)
{
	if (!h)
		return;
	SDL_QuitSubSystem(SDL_INIT_EVENTS);
	(void)close(h->fd);
	(void)close(h->event_fd);
	(void)pthread_cond_destroy(&h->was_shown);
	(void)pthread_mutex_destroy(&h->lock);
	free(h);
}

int handover_fd(const struct handover *h)
{
	return h->fd;
}

static void drain(int fd)
{
	uint64_t count;
	ssize_t n = read(fd, &count, sizeof count);
	(void)n; /* empty when nothing was said */
}

static void ring(int fd)
{
	uint64_t one = 1;
	ssize_t n = write(fd, &one, sizeof one);
	(void)n; /* a full counter is as readable */
}

static void push(struct handover *h, Uint32 type)
{
	SDL_Event event = {.type = type};
	(void)SDL_PushEvent(&event); /* a full queue is read anyway, and what it says found */
	ring(h->event_fd);
}

struct handover_news handover_news(struct handover *h)
{
	drain(h->fd);
	(void)pthread_mutex_lock(&h->lock);
	struct handover_news news = h->news;
	(void)pthread_mutex_unlock(&h->lock);
	return news;
}

void handover_give(struct handover *h, const struct handover_frame *f)
{
	(void)pthread_mutex_lock(&h->lock);
	h->frame = *f;
	h->is_given = true;
	(void)pthread_mutex_unlock(&h->lock);
	push(h, h->event);
}

void handover_ask_end(struct handover *h)
{
	push(h, SDL_QUIT);
}

bool handover_wait_shown(struct handover *h)
{
	(void)pthread_mutex_lock(&h->lock);
	while (h->is_given && !h->news.is_over)
		(void)pthread_cond_wait(&h->was_shown, &h->lock);
	bool goes_on = !h->news.is_over;
	(void)pthread_mutex_unlock(&h->lock);
	return goes_on;
}

int handover_event_fd(const struct handover *h)
{
	return h->event_fd;
}

void handover_event_read(struct handover *h)
{
	drain(h->event_fd);
}

bool handover_take(struct handover *h, struct handover_frame *out)
{
	(void)pthread_mutex_lock(&h->lock);
	bool is_given = h->is_given;
	*out = h->frame;
	(void)pthread_mutex_unlock(&h->lock);
	return is_given;
}

void handover_shown(struct handover *h)
{
	(void)pthread_mutex_lock(&h->lock);
	h->is_given = false;
	(void)pthread_cond_signal(&h->was_shown);
	(void)pthread_mutex_unlock(&h->lock);
}

void handover_resize(struct handover *h, struct size size, SDL_Surface *lent)
{
	(void)pthread_mutex_lock(&h->lock);
	h->news.size = size;
	h->news.lent = lent;
	(void)pthread_mutex_unlock(&h->lock);
	ring(h->fd);
}

void handover_wish(struct handover *h)
{
	(void)pthread_mutex_lock(&h->lock);
	h->news.wishes++;
	(void)pthread_mutex_unlock(&h->lock);
	ring(h->fd);
}

void handover_touch(struct handover *h, const struct gesture *g)
{
	(void)pthread_mutex_lock(&h->lock);
	h->news.touches++;
	h->news.gesture = *g;
	(void)pthread_mutex_unlock(&h->lock);
	ring(h->fd);
}

void handover_end(struct handover *h)
{
	(void)pthread_mutex_lock(&h->lock);
	h->news.is_over = true;
	(void)pthread_cond_signal(&h->was_shown);
	(void)pthread_mutex_unlock(&h->lock);
	ring(h->fd);
}
