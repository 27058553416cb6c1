/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define SECTOR_BYTES 512

/* What was done to a file since its last fsync; numbers count all operations. */
struct piece {
	int64_t number, at;
	bool is_size;
	char *bytes;
	size_t len;
};

struct node {
	bool is_folder;
	uint64_t inode; /* in the trace; a number is used again when its file is gone */
	struct buf durable;
	struct piece *pieces;
	int piece_count;
};

struct name {
	char *path;
	int node;
};

struct names {
	struct name *items;
	int count;
};

/* What was done to a folder's names since its last fsync. One rename is one operation. */
struct name_change {
	int64_t number;
	char *removes, *adds; /* NULL: nothing */
	int node;
};

struct model {
	struct node *nodes;
	int node_count;
	struct names durable, now;
	struct name_change *changes;
	int change_count;
	int64_t numbers;
};

/* ---- names ---------------------------------------------------------------------- */

static int find_name(const struct names *n, const char *path)
{
	for (int i = 0; i < n->count; i++) {
		if (strcmp(n->items[i].path, path) == 0)
			return i;
	}
	return -1;
}

static void remove_name(struct names *n, const char *path)
{
	int i = find_name(n, path);
	if (i < 0)
		return;
	free(n->items[i].path);
	n->items[i] = n->items[--n->count];
}

static void set_name(struct names *n, const char *path, int node)
{
	remove_name(n, path);
	n->items = alloc_resize(n->items, (size_t)n->count + 1, sizeof *n->items);
	n->items[n->count++] = (struct name){alloc_text(path), node};
}

static void change_names(struct names *n, const struct name_change *c)
{
	if (c->removes)
		remove_name(n, c->removes);
	if (c->adds)
		set_name(n, c->adds, c->node);
}

static void finish_names(struct names *n)
{
	for (int i = 0; i < n->count; i++)
		free(n->items[i].path);
	free(n->items);
	*n = (struct names){0};
}

static struct names copy_names(const struct names *n)
{
	struct names copy = {0};
	for (int i = 0; i < n->count; i++)
		set_name(&copy, n->items[i].path, n->items[i].node);
	return copy;
}

static bool is_in(const char *path, const char *folder)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	return strlen(folder) == len && strncmp(path, folder, len) == 0;
}

static void add_change(struct model *m, const char *removes, const char *adds, int node)
{
	m->changes = alloc_resize(m->changes, (size_t)m->change_count + 1, sizeof *m->changes);
	struct name_change *c = &m->changes[m->change_count++];
	*c = (struct name_change){.number = ++m->numbers,
		.removes = removes ? alloc_text(removes) : NULL,
		.adds = adds ? alloc_text(adds) : NULL,
		.node = node};
	change_names(&m->now, c);
}

static void sync_folder(struct model *m, const char *folder)
{
	int left = 0;
	for (int i = 0; i < m->change_count; i++) {
		struct name_change *c = &m->changes[i];
		if (!is_in(c->adds ? c->adds : c->removes, folder)) {
			m->changes[left++] = *c;
			continue;
		}
		change_names(&m->durable, c);
		free(c->removes);
		free(c->adds);
	}
	m->change_count = left;
}

/* ---- bytes ----------------------------------------------------------------------- */

static void resize(struct buf *b, size_t size)
{
	static const char zeros[SECTOR_BYTES];
	while (b->len < size)
		buf_add(b, zeros, size - b->len < sizeof zeros ? size - b->len : sizeof zeros);
	b->len = size;
}

static void put_bytes(struct buf *b, size_t at, const char *bytes, size_t len)
{
	if (b->len < at + len)
		resize(b, at + len);
	memcpy(b->data + at, bytes, len);
}

static void add_piece(struct model *m, int node, const struct piece *p)
{
	struct node *n = &m->nodes[node];
	n->pieces = alloc_resize(n->pieces, (size_t)n->piece_count + 1, sizeof *n->pieces);
	n->pieces[n->piece_count] = *p;
	n->pieces[n->piece_count].number = ++m->numbers;
	if (p->len) {
		n->pieces[n->piece_count].bytes = alloc_zero(p->len, 1);
		memcpy(n->pieces[n->piece_count].bytes, p->bytes, p->len);
	}
	n->piece_count++;
}

static void sync_file(struct node *n)
{
	for (int i = 0; i < n->piece_count; i++) {
		struct piece *p = &n->pieces[i];
		if (p->is_size)
			resize(&n->durable, (size_t)p->at);
		else
			put_bytes(&n->durable, (size_t)p->at, p->bytes, p->len);
		free(p->bytes);
	}
	n->piece_count = 0;
}

static int add_node(struct model *m, bool is_folder)
{
	m->nodes = alloc_resize(m->nodes, (size_t)m->node_count + 1, sizeof *m->nodes);
	m->nodes[m->node_count] = (struct node){.is_folder = is_folder};
	return m->node_count++;
}

/* ---- a trace ------------------------------------------------------------------------ */

struct model *model_create(const struct image *from)
{
	struct model *m = alloc_zero(1, sizeof *m);
	for (int i = 0; i < from->count; i++) {
		int node = add_node(m, from->items[i].is_folder);
		if (from->items[i].bytes.len)
			buf_add(&m->nodes[node].durable, from->items[i].bytes.data, from->items[i].bytes.len);
		set_name(&m->durable, from->items[i].name, node);
	}
	m->now = copy_names(&m->durable);
	return m;
}

void model_destroy(struct model *m)
{
	for (int i = 0; i < m->node_count; i++) {
		sync_file(&m->nodes[i]);
		buf_finish(&m->nodes[i].durable);
		free(m->nodes[i].pieces);
	}
	for (int i = 0; i < m->change_count; i++) {
		free(m->changes[i].removes);
		free(m->changes[i].adds);
	}
	finish_names(&m->durable);
	finish_names(&m->now);
	free(m->nodes);
	free(m->changes);
	free(m);
}

static int open_node(struct model *m, const struct trace_entry *entry, const char *name)
{
	int at = find_name(&m->now, name);
	int node = at >= 0 ? m->now.items[at].node : add_node(m, false);
	for (int i = 0; i < m->node_count; i++) {
		if (m->nodes[i].inode == entry->inode)
			m->nodes[i].inode = 0;
	}
	m->nodes[node].inode = entry->inode;
	if (at < 0)
		add_change(m, NULL, name, node);
	return node;
}

static int node_of(const struct model *m, const struct trace_entry *entry, const char *name)
{
	for (int i = 0; i < m->node_count; i++) {
		if (m->nodes[i].inode == entry->inode)
			return i;
	}
	(void)fprintf(stderr, "model: %s: was never opened\n", name);
	abort();
}

static void make_folder(struct model *m, const char *name)
{
	int node = add_node(m, true); /* its own, before the names take it */
	add_change(m, NULL, name, node);
}

static void move(struct model *m, const char *name, const char *other)
{
	int at = find_name(&m->now, name);
	if (at < 0)
		abort();
	add_change(m, name, other, m->now.items[at].node);
}

void model_apply(struct model *m, const struct trace_entry *entry, const char *name, const char *other,
	const char *bytes)
{
	struct piece size = {.is_size = true, .at = entry->at};
	struct piece written = {.at = entry->at, .bytes = (char *)(uintptr_t)bytes, .len = entry->byte_len};
	int node;
	switch ((enum trace_kind)entry->kind) {
	case TRACE_OPEN:
		node = open_node(m, entry, name);
		if (entry->at == 0)
			add_piece(m, node, &size);
		break;
	case TRACE_WRITE:
		add_piece(m, node_of(m, entry, name), &written);
		break;
	case TRACE_SIZE:
		add_piece(m, node_of(m, entry, name), &size);
		break;
	case TRACE_SYNC:
		sync_file(&m->nodes[node_of(m, entry, name)]);
		break;
	case TRACE_SYNC_FOLDER:
		sync_folder(m, name);
		break;
	case TRACE_MKDIR:
		make_folder(m, name);
		break;
	case TRACE_RENAME:
		move(m, name, other);
		break;
	case TRACE_UNLINK:
		add_change(m, name, NULL, -1);
		break;
	case TRACE_UNLOCK:
	case TRACE_KINDS:
		break;
	}
}

/* ---- cuts --------------------------------------------------------------------------- */

enum fate { FATE_KEPT, FATE_LOST, FATE_ZERO, FATE_NOISE }; /* zero: the size is there */

struct cut {
	enum model_damage damage;
	uint64_t seed;
	int64_t torn_number, torn_sector; /* of MODEL_TORN: the operation that is not whole */
};

/* SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): numbers that depend on nothing else. */
static uint64_t mix(uint64_t seed, int64_t number, int64_t sector)
{
	uint64_t x = seed * 0x9e3779b97f4a7c15u + (uint64_t)number * 0xbf58476d1ce4e5b9u + (uint64_t)sector;
	for (int i = 0; i < 2; i++) {
		x += 0x9e3779b97f4a7c15u;
		x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
		x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
		x ^= x >> 31;
	}
	return x;
}

/* Nearly all, half, or nearly nothing is kept: by seed. */
static bool is_lucky(const struct cut *c, int64_t number, int64_t sector)
{
	static const uint64_t of_ten[] = {5, 9, 1};
	return mix(c->seed, number, sector) % 10 < of_ten[c->seed % 3];
}

/* A name, a size (sector -1) or a sector. */
static enum fate fate_of(const struct cut *c, int64_t number, int64_t sector, bool is_name)
{
	switch (c->damage) {
	case MODEL_LOST:
		return FATE_LOST;
	case MODEL_KEPT:
		return FATE_KEPT;
	case MODEL_NAMES:
		if (is_name)
			return FATE_KEPT;
		return c->seed % 2 ? FATE_ZERO : FATE_LOST;
	case MODEL_TORN:
		if (number == c->torn_number)
			return sector < c->torn_sector ? FATE_KEPT : FATE_LOST;
		return number < c->torn_number ? FATE_KEPT : FATE_LOST;
	case MODEL_MIXED:
		if (is_lucky(c, number, sector))
			return FATE_KEPT;
		return mix(c->seed, number, sector) >> 32 & 1 ? FATE_ZERO : FATE_LOST;
	case MODEL_GARBAGE:
		if (is_lucky(c, number, sector))
			return FATE_KEPT;
		return FATE_NOISE;
	case MODEL_DAMAGES:
		break;
	}
	abort();
}

static void put_noise(struct buf *b, size_t at, size_t len, const struct cut *c, int64_t number)
{
	for (size_t i = 0; i < len; i++) {
		char noise = (char)mix(c->seed, number, (int64_t)(at + i));
		put_bytes(b, at + i, &noise, 1);
	}
}

static void put_piece(struct buf *b, const struct piece *p, const struct cut *c)
{
	if (p->is_size) {
		if (fate_of(c, p->number, -1, false) == FATE_KEPT)
			resize(b, (size_t)p->at);
		return;
	}
	for (size_t done = 0, step; done < p->len; done += step) {
		size_t at = (size_t)p->at + done;
		step = SECTOR_BYTES - at % SECTOR_BYTES;
		if (step > p->len - done)
			step = p->len - done;
		switch (fate_of(c, p->number, (int64_t)(done / SECTOR_BYTES), false)) {
		case FATE_KEPT:
			put_bytes(b, at, p->bytes + done, step);
			break;
		case FATE_NOISE:
			put_noise(b, at, step, c, p->number);
			break;
		case FATE_ZERO:
			if (b->len < at + step)
				resize(b, at + step);
			break;
		case FATE_LOST:
			break;
		}
	}
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* Any of the operations that are not durable, and one of its first eight sectors. */
static void choose_torn(const struct model *m, struct cut *c)
{
	int64_t *numbers = NULL;
	size_t count = 0;
	for (int i = 0; i < m->node_count; i++) {
		for (int k = 0; k < m->nodes[i].piece_count; k++) {
			numbers = alloc_resize(numbers, count + 1, sizeof *numbers);
			numbers[count++] = m->nodes[i].pieces[k].number;
		}
	}
	for (int i = 0; i < m->change_count; i++) {
		numbers = alloc_resize(numbers, count + 1, sizeof *numbers);
		numbers[count++] = m->changes[i].number;
	}
	if (count) {
		qsort(numbers, count, sizeof *numbers, compare_numbers);
		c->torn_number = numbers[mix(c->seed, 1, 0) % count];
		c->torn_sector = (int64_t)(mix(c->seed, 2, 0) % 8);
	}
	free(numbers);
}

static bool has_parents(const struct image *out, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	for (int i = 0; slash && i < out->count; i++) {
		if (out->items[i].is_folder && strlen(out->items[i].name) == len &&
			strncmp(out->items[i].name, path, len) == 0)
			return true;
	}
	return !slash;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->path, ((const struct name *)b)->path);
}

void model_cut(const struct model *m, enum model_damage damage, uint64_t seed, struct image *out)
{
	struct cut c = {.damage = damage, .seed = seed};
	struct names names = copy_names(&m->durable);
	choose_torn(m, &c);
	for (int i = 0; i < m->change_count; i++) {
		if (fate_of(&c, m->changes[i].number, 0, true) == FATE_KEPT)
			change_names(&names, &m->changes[i]);
	}
	if (names.count)
		qsort(names.items, (size_t)names.count, sizeof *names.items, by_path);
	for (int i = 0; i < names.count; i++) {
		const struct node *n = &m->nodes[names.items[i].node];
		if (!has_parents(out, names.items[i].path))
			continue; /* its folder was lost, and all in it */
		struct image_item *item = image_add(out, names.items[i].path, n->is_folder);
		if (n->durable.len)
			buf_add(&item->bytes, n->durable.data, n->durable.len);
		for (int k = 0; k < n->piece_count; k++)
			put_piece(&item->bytes, &n->pieces[k], &c);
	}
	finish_names(&names);
}

const char *model_damage_name(enum model_damage damage)
{
	static const char *const names[] = {"lost", "kept", "names", "torn", "mixed", "garbage"};
	return names[damage];
}
