/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/card.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

#define WORD_BYTES_MAX 4096 /* a page is what sysfs gives of one file */
#define FNV_BASIS UINT32_C(2166136261) /* Fowler, Noll, Vo: FNV-1a, 32 bits */
#define FNV_PRIME UINT32_C(16777619)

/* Kernel drivers behind which there is a GPU that draws. */
static const char *const gpu_drivers[] = {"v3d", "vc4", "vc4-drm", "vc4_hvs", "i915", "xe", "amdgpu",
	"radeon", "nouveau", "nvidia", "msm", "msm_dpu", "panfrost", "panthor", "lima", "etnaviv", "tegra",
	"asahi", "powervr"};

static bool draws(const char *driver)
{
	for (size_t i = 0; i < sizeof gpu_drivers / sizeof gpu_drivers[0]; i++) {
		if (strcmp(driver, gpu_drivers[i]) == 0)
			return true;
	}
	return false;
}

/* ---- reading sysfs --------------------------------------------------------------- */

/* The name of the driver behind an entry; "" where there is none. */
static void read_driver(const char *sysfs, const char *entry, char *out, size_t room)
{
	char path[PATH_MAX], target[PATH_MAX];
	*out = '\0';
	(void)snprintf(path, sizeof path, "%s/%s/device/driver", sysfs, entry);
	ssize_t len = readlink(path, target, sizeof target - 1);
	if (len <= 0)
		return;
	target[len] = '\0';
	const char *slash = strrchr(target, '/');
	(void)snprintf(out, room, "%.31s", slash ? slash + 1 : target);
}

/* False: there is no such file, or it cannot be read. */
static bool read_entry(const char *sysfs, const char *entry, const char *name, struct buf *out)
{
	char path[PATH_MAX];
	struct err ignored;
	(void)snprintf(path, sizeof path, "%s/%s/%s", sysfs, entry, name);
	return file_read(path, WORD_BYTES_MAX, out, &ignored);
}

static void read_line(const char *sysfs, const char *entry, const char *name, char *out, size_t room)
{
	struct buf text = {0};
	*out = '\0';
	if (read_entry(sysfs, entry, name, &text) && text.len > 0) {
		size_t len = strcspn(text.data, "\n");
		(void)snprintf(out, room, "%.*s", (int)len, text.data); /* NUL-terminated: buf.h */
	}
	buf_finish(&text);
}

static uint32_t read_display(const char *sysfs, const char *entry)
{
	struct buf edid = {0};
	uint32_t hash = FNV_BASIS;
	bool has_said = read_entry(sysfs, entry, "edid", &edid) && edid.len > 0;
	for (size_t i = 0; i < edid.len; i++)
		hash = (hash ^ (unsigned char)edid.data[i]) * FNV_PRIME;
	buf_finish(&edid);
	return has_said ? hash : 0;
}

/* "card0": its number. "card0-HDMI-A-1": also the rest. */
static bool read_name(const char *entry, int *number, const char **connector)
{
	char *end;
	if (strncmp(entry, "card", 4) != 0 || entry[4] < '0' || entry[4] > '9')
		return false;
	*number = (int)strtol(entry + 4, &end, 10);
	*connector = *end == '-' ? end + 1 : NULL;
	return *end == '\0' || *connector;
}

static void add_connector(
	struct card_list *l, const char *sysfs, const char *entry, int number, const char *name)
{
	char status[16];
	/* What writes pictures to memory is no display. */
	if (l->connector_count == CARD_CONNECTORS_MAX || strncmp(name, "Writeback", 9) == 0)
		return;
	struct card_connector *c = &l->connectors[l->connector_count++];
	c->card = number;
	(void)snprintf(c->name, sizeof c->name, "%s", name);
	read_line(sysfs, entry, "status", status, sizeof status);
	c->plug = strcmp(status, "connected") == 0 ? CARD_PLUGGED
		  : strcmp(status, "unknown") == 0 ? CARD_UNKNOWN
						   : CARD_UNPLUGGED;
	read_line(sysfs, entry, "modes", c->mode, sizeof c->mode);
	c->display = read_display(sysfs, entry);
}

static void add(struct card_list *l, const char *sysfs, const char *entry)
{
	int number;
	const char *connector;
	char driver[sizeof l->cards[0].driver];
	if (strncmp(entry, "renderD", 7) == 0) {
		read_driver(sysfs, entry, driver, sizeof driver);
		l->has_gpu = l->has_gpu || draws(driver);
	} else if (!read_name(entry, &number, &connector)) {
		return;
	} else if (connector) {
		add_connector(l, sysfs, entry, number, connector);
	} else if (l->card_count < CARD_MAX) {
		struct card *c = &l->cards[l->card_count++];
		c->number = number;
		read_driver(sysfs, entry, c->driver, sizeof c->driver);
	}
}

static int by_number(const void *a, const void *b)
{
	const struct card *x = a, *y = b;
	return x->number - y->number;
}

static int by_card_and_name(const void *a, const void *b)
{
	const struct card_connector *x = a, *y = b;
	return x->card != y->card ? x->card - y->card : strcmp(x->name, y->name);
}

void card_look(const char *sysfs, struct card_list *out)
{
	*out = (struct card_list){0};
	DIR *dir = opendir(sysfs);
	if (!dir)
		return;
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL)
		add(out, sysfs, entry->d_name);
	(void)closedir(dir);
	qsort(out->cards, (size_t)out->card_count, sizeof out->cards[0], by_number);
	qsort(out->connectors, (size_t)out->connector_count, sizeof out->connectors[0], by_card_and_name);
}

/* ---- choosing ---------------------------------------------------------------------- */

static const struct card_connector *first_with(const struct card_list *l, enum card_plug plug)
{
	for (int i = 0; i < l->connector_count; i++) {
		if (l->connectors[i].plug == plug)
			return &l->connectors[i];
	}
	return NULL;
}

struct card_choice card_choose(const struct card_list *list, const char *present)
{
	struct card_choice c = {.connector = first_with(list, CARD_PLUGGED)};
	if (!c.connector)
		c.connector = first_with(list, CARD_UNKNOWN);
	if (strcmp(present, "auto") != 0) {
		c.way = strcmp(present, "renderer") == 0 ? CARD_RENDERER : CARD_FRAMEBUFFER;
		c.why = "as --present says";
	} else {
		c.way = list->has_gpu ? CARD_RENDERER : CARD_FRAMEBUFFER;
		c.why = list->has_gpu ? "there is a GPU that draws" : "no GPU that is known to draw";
	}
	return c;
}

bool card_is_same(const struct card_connector *a, const struct card_connector *b)
{
	return a->plug == b->plug && a->display == b->display && strcmp(a->mode, b->mode) == 0;
}

const struct card_connector *card_find(const struct card_list *list, const struct card_connector *like)
{
	for (int i = 0; i < list->connector_count; i++) {
		const struct card_connector *c = &list->connectors[i];
		if (c->card == like->card && strcmp(c->name, like->name) == 0)
			return c;
	}
	return NULL;
}

const char *card_plug_name(enum card_plug p)
{
	static const char *const names[] = {
		[CARD_UNPLUGGED] = "not connected", [CARD_UNKNOWN] = "unknown", [CARD_PLUGGED] = "connected"};
	return names[p];
}

const char *card_way_name(enum card_way w)
{
	return w == CARD_RENDERER ? "renderer" : "framebuffer";
}
