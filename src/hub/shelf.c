/* SPDX-License-Identifier: Apache-2.0
 *
 * Making an answer costs several times what sending it does: the file opened and read, its
 * hash, a dozen small allocations. libmicrohttpd counts who still sends a response, so one
 * that is thrown away here lives until the last of them is done. */
#include "hub/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

#define FOR_EVER "public, max-age=31536000, immutable"
#define PATH_MAX_BYTES 80 /* "objects/<sha256>" is the longest */

struct entry {
	struct shelf_item item; /* first: what is lent */
	char path[PATH_MAX_BYTES];
	struct files_stamp stamp;
	uint64_t turn; /* of the head */
	int lent; /* and one for standing on the shelf */
};

struct shelf {
	int folder_fd;
	pthread_mutex_t lock; /* over everything below, and each entry's lent */
	struct {
		uint32_t hash;
		uint64_t used;
		struct entry *entry;
	} places[SHELF_ITEMS_MAX];
	int count;
	uint64_t bytes;
	uint64_t uses;
};

/* FNV-1a. */
static uint32_t hash_of(const char *path)
{
	uint32_t h = 2166136261u;
	for (; *path; path++)
		h = (h ^ (unsigned char)*path) * 16777619u;
	return h;
}

void shelf_add_headers(struct MHD_Response *r, const struct shelf_item *item, bool was_held)
{
	bool is_object = item->kind == FILES_OBJECT;
	(void)MHD_add_response_header(r, "ETag", item->etag);
	(void)MHD_add_response_header(r, "Cache-Control", item->kind == FILES_HEAD ? "no-cache" : FOR_EVER);
	(void)MHD_add_response_header(
		r, "Content-Type", is_object ? "application/octet-stream" : "application/json");
	(void)MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	if (is_object)
		(void)MHD_add_response_header(r, "Accept-Ranges", "bytes");
	if (item->kind == FILES_HEAD)
		(void)MHD_add_response_header(r, "Vary", "Prefer");
	if (was_held)
		(void)MHD_add_response_header(r, "Preference-Applied", "wait");
}

static void destroy(struct entry *x)
{
	for (int held = 0; held < 2; held++) {
		if (x->item.whole[held])
			MHD_destroy_response(x->item.whole[held]);
		if (x->item.same[held])
			MHD_destroy_response(x->item.same[held]);
	}
	free(x);
}

/* Takes the bytes or the descriptor. */
static struct MHD_Response *take_body(struct files_entry *f)
{
	struct MHD_Response *r =
		f->fd >= 0 ? MHD_create_response_from_fd64(f->size, f->fd)
			   : MHD_create_response_from_buffer_with_free_callback(f->bytes.len, f->bytes.data, free);
	if (!r && f->fd >= 0)
		(void)close(f->fd);
	else if (!r)
		buf_finish(&f->bytes);
	return r;
}

/* NULL: there was no memory. */
static struct entry *make(const char *path, struct files_entry *f, uint64_t turn)
{
	struct entry *x = alloc_zero(1, sizeof *x);
	struct shelf_item *i = &x->item;
	*i = (struct shelf_item){.kind = f->kind, .size = f->size, .bytes = f->bytes.data, .fd = f->fd};
	(void)snprintf(i->etag, sizeof i->etag, "%s", f->etag);
	(void)snprintf(x->path, sizeof x->path, "%s", path);
	x->stamp = f->stamp;
	x->turn = turn;
	x->lent = 1;
	bool ok = true;
	i->whole[0] = take_body(f);
	for (int held = 0; held < (i->kind == FILES_HEAD ? 2 : 1); held++) {
		if (held && i->whole[0])
			i->whole[1] = MHD_create_response_from_buffer(
				(size_t)i->size, (void *)(uintptr_t)i->bytes, MHD_RESPMEM_MUST_COPY);
		i->same[held] = MHD_create_response_from_buffer(
			0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
		ok = ok && i->whole[held] && i->same[held];
		if (ok) {
			shelf_add_headers(i->whole[held], i, held);
			shelf_add_headers(i->same[held], i, held);
		}
	}
	if (ok)
		return x;
	destroy(x);
	return NULL;
}

/* Under the lock. */
static void give_back(struct entry *x)
{
	if (--x->lent == 0)
		destroy(x);
}

/* Under the lock. */
static void clear(struct shelf *s, int at)
{
	s->bytes -= s->places[at].entry->item.size;
	give_back(s->places[at].entry);
	s->places[at] = s->places[--s->count];
}

/* Under the lock. -1: not on the shelf. */
static int find(const struct shelf *s, uint32_t hash, const char *path)
{
	for (int i = 0; i < s->count; i++) {
		if (s->places[i].hash == hash && strcmp(s->places[i].entry->path, path) == 0)
			return i;
	}
	return -1;
}

/* Under the lock: what was not used for longest makes room. */
static void put(struct shelf *s, uint32_t hash, struct entry *x)
{
	int old = find(s, hash, x->path); /* another thread was quicker; its may be older */
	if (old >= 0)
		clear(s, old);
	if (x->item.size > SHELF_BYTES_MAX / 4)
		return;
	while (s->count == SHELF_ITEMS_MAX || s->bytes + x->item.size > SHELF_BYTES_MAX) {
		int oldest = 0;
		for (int i = 1; i < s->count; i++)
			oldest = s->places[i].used < s->places[oldest].used ? i : oldest;
		clear(s, oldest);
	}
	s->places[s->count].hash = hash;
	s->places[s->count].used = ++s->uses;
	s->places[s->count++].entry = x;
	s->bytes += x->item.size;
	x->lent++;
}

static struct entry *take_known(struct shelf *s, uint32_t hash, const char *path)
{
	struct entry *x = NULL;
	(void)pthread_mutex_lock(&s->lock);
	int at = find(s, hash, path);
	if (at >= 0) {
		x = s->places[at].entry;
		x->lent++;
		s->places[at].used = ++s->uses;
	}
	(void)pthread_mutex_unlock(&s->lock);
	return x;
}

static void forget(struct shelf *s, uint32_t hash, const struct entry *x)
{
	(void)pthread_mutex_lock(&s->lock);
	int at = find(s, hash, x->path);
	if (at >= 0 && s->places[at].entry == x)
		clear(s, at);
	(void)pthread_mutex_unlock(&s->lock);
}

const struct shelf_item *shelf_take(struct shelf *s, const char *path, uint64_t turn, bool *is_busy)
{
	struct files_entry f;
	*is_busy = false;
	if (files_kind_of(path) == FILES_NONE)
		return NULL;
	uint32_t hash = hash_of(path);
	struct entry *x = take_known(s, hash, path);
	if (x && (x->item.kind != FILES_HEAD || x->turn == turn) &&
		files_is_same(s->folder_fd, path, &x->stamp))
		return &x->item;
	if (x) {
		forget(s, hash, x);
		shelf_return(s, &x->item);
	}
	if (!files_open(s->folder_fd, path, &f)) {
		*is_busy = f.is_busy;
		return NULL;
	}
	x = make(path, &f, turn);
	*is_busy = x == NULL;
	if (!x)
		return NULL;
	if (x->item.bytes) {
		(void)pthread_mutex_lock(&s->lock);
		put(s, hash, x);
		(void)pthread_mutex_unlock(&s->lock);
	}
	return &x->item;
}

void shelf_return(struct shelf *s, const struct shelf_item *item)
{
	struct entry *x = (struct entry *)(uintptr_t)item;
	(void)pthread_mutex_lock(&s->lock);
	give_back(x);
	(void)pthread_mutex_unlock(&s->lock);
}

bool shelf_open(struct shelf **out, const char *folder, struct err *e)
{
	struct shelf *s = alloc_zero(1, sizeof *s);
	(void)pthread_mutex_init(&s->lock, NULL);
	*out = s;
	s->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return s->folder_fd >= 0 || err_set(e, ERR_IO, "%s: %s", folder, strerror(errno));
}

void shelf_close(struct shelf *s)
{
	if (!s)
		return;
	while (s->count)
		clear(s, 0);
	if (s->folder_fd >= 0)
		(void)close(s->folder_fd);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}
