/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/imports.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct import_file {
	int64_t id; /* 0: free */
	int64_t account, seen_utc_s;
	char *bytes;
	size_t len;
	json_t *options, *result;
};

struct imports {
	pthread_mutex_t lock; /* over everything below, and over the counts of what is in it */
	struct import_file files[IMPORTS_MAX];
	int64_t last_id;
};

struct imports *imports_create(void)
{
	struct imports *all = alloc_zero(1, sizeof *all);
	(void)pthread_mutex_init(&all->lock, NULL);
	return all;
}

static void forget(struct import_file *f)
{
	free(f->bytes);
	json_decref(f->options);
	json_decref(f->result);
	*f = (struct import_file){0};
}

void imports_destroy(struct imports *all)
{
	if (!all)
		return;
	for (int i = 0; i < IMPORTS_MAX; i++)
		forget(&all->files[i]);
	(void)pthread_mutex_destroy(&all->lock);
	free(all);
}

static struct import_file *find(struct imports *all, int64_t id)
{
	for (int i = 0; i < IMPORTS_MAX; i++) {
		if (id && all->files[i].id == id)
			return &all->files[i];
	}
	return NULL;
}

static struct import_file *find_own(struct imports *all, int64_t id, int64_t account, struct err *e)
{
	struct import_file *f = find(all, id);
	if (f && f->account == account)
		return f;
	err_set(e, ERR_MISSING, "没有这次导入，或已过期，请重新上传");
	return NULL;
}

bool imports_add(struct imports *all, int64_t account, const void *bytes, size_t len, json_t *options,
	int64_t now_utc_s, int64_t *id, struct err *e)
{
	size_t sum = len;
	struct import_file *room = NULL;
	(void)pthread_mutex_lock(&all->lock);
	for (int i = 0; i < IMPORTS_MAX; i++) {
		struct import_file *f = &all->files[i];
		if (f->id && f->seen_utc_s + IMPORTS_IDLE_S < now_utc_s)
			forget(f);
		sum += f->len;
		room = f->id ? room : f;
	}
	bool ok = room && sum <= IMPORTS_BYTES_MAX;
	if (ok) {
		*id = ++all->last_id;
		*room = (struct import_file){.id = *id, .account = account, .seen_utc_s = now_utc_s, .len = len,
			.bytes = alloc_zero(1, len + 1), .options = json_incref(options)};
		memcpy(room->bytes, bytes, len);
	}
	(void)pthread_mutex_unlock(&all->lock);
	json_decref(options);
	return ok || err_set(e, ERR_BUSY, "正在进行的导入太多，请稍后再试");
}

bool imports_get(
	struct imports *all, int64_t id, int64_t account, int64_t now_utc_s, struct imports_copy *out, struct err *e)
{
	(void)pthread_mutex_lock(&all->lock);
	struct import_file *f = find_own(all, id, account, e);
	if (f) {
		f->seen_utc_s = now_utc_s;
		*out = (struct imports_copy){alloc_zero(1, f->len + 1), f->len, json_deep_copy(f->options),
			json_deep_copy(f->result)};
		memcpy(out->bytes, f->bytes, f->len);
	}
	(void)pthread_mutex_unlock(&all->lock);
	return f != NULL;
}

void imports_copy_finish(struct imports_copy *c)
{
	free(c->bytes);
	json_decref(c->options);
	json_decref(c->result);
	*c = (struct imports_copy){0};
}

/* Another sheet or header: what was said of columns and cells is about another table. */
static void start_over(json_t *options)
{
	static const char *const names[] = {"mapping", "cells"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)json_object_del(options, names[i]);
}

static void merge_cells(json_t *options, const json_t *cells)
{
	const char *row;
	json_t *texts, *known = json_object_get(options, "cells");
	if (!known) {
		known = json_object();
		(void)json_object_set_new(options, "cells", known);
	}
	json_object_foreach ((json_t *)(uintptr_t)cells, row, texts) {
		json_t *mine = json_object_get(known, row), *copy = json_deep_copy(texts);
		if (mine && json_is_object(copy) && json_object_update(mine, copy) == 0)
			json_decref(copy);
		else
			(void)json_object_set_new(known, row, copy);
	}
}

bool imports_change(struct imports *all, int64_t id, int64_t account, const json_t *change, struct err *e)
{
	static const char *const names[] = {"sheet", "header_row", "mapping", "year"};
	(void)pthread_mutex_lock(&all->lock);
	struct import_file *f = find_own(all, id, account, e);
	if (f && (json_object_get(change, "sheet") || json_object_get(change, "header_row")))
		start_over(f->options);
	if (f && json_object_get(change, "sheet"))
		(void)json_object_del(f->options, "header_row");
	for (size_t i = 0; f && i < sizeof names / sizeof names[0]; i++) {
		const json_t *value = json_object_get(change, names[i]);
		if (value)
			(void)json_object_set_new(f->options, names[i], json_deep_copy(value));
	}
	if (f && json_is_object(json_object_get(change, "cells")))
		merge_cells(f->options, json_object_get(change, "cells"));
	(void)pthread_mutex_unlock(&all->lock);
	return f != NULL;
}

void imports_keep(struct imports *all, int64_t id, json_t *result)
{
	(void)pthread_mutex_lock(&all->lock);
	struct import_file *f = find(all, id);
	json_t *old = f ? f->result : result;
	if (f)
		f->result = result;
	json_decref(old);
	(void)pthread_mutex_unlock(&all->lock);
}

bool imports_drop(struct imports *all, int64_t id, int64_t account)
{
	struct err ignored = {0};
	(void)pthread_mutex_lock(&all->lock);
	struct import_file *f = find_own(all, id, account, &ignored);
	if (f)
		forget(f);
	(void)pthread_mutex_unlock(&all->lock);
	return f != NULL;
}
