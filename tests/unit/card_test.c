/* SPDX-License-Identifier: Apache-2.0
 *
 * Which card and connector is taken, and how: trees as sysfs has them, made of files. */
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/card.h"
#include "kiosk/probe.h"
#include "scratch.h"
#include "sentences.h"

/* A tree is a text: "card1=vc4" a card and its driver, "renderD128=v3d" what draws,
 * "card1-HDMI-A-1:connected:1920x1080:edid" a connector; the last two may be left out. */
#define LONG_MAX 64

static void put(const char *folder, const char *entry, const char *name, const char *text)
{
	char path[LONG_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/%s", entry, name);
	scratch_write(folder, path, text, strlen(text));
}

static void make_entry(const char *folder, char *word)
{
	char path[SCRATCH_PATH_MAX * 2], target[LONG_MAX * 2];
	char *driver = strchr(word, '='), *status = strchr(word, ':');
	if (driver)
		*driver++ = '\0';
	if (status)
		*status++ = '\0';
	(void)snprintf(path, sizeof path, "%s/%s", folder, word);
	assert_int_equal(mkdir(path, 0700), 0);
	if (driver) {
		(void)snprintf(path, sizeof path, "%s/%s/device", folder, word);
		assert_int_equal(mkdir(path, 0700), 0);
		(void)snprintf(path, sizeof path, "%s/%s/device/driver", folder, word);
		(void)snprintf(target, sizeof target, "../../../bus/platform/drivers/%s", driver);
		assert_int_equal(symlink(target, path), 0);
	}
	if (!status)
		return;
	char *mode = strchr(status, ':'), *edid = mode ? strchr(mode + 1, ':') : NULL;
	if (mode)
		*mode++ = '\0';
	if (edid)
		*edid++ = '\0';
	put(folder, word, "status", status);
	put(folder, word, "modes", mode ? mode : "");
	put(folder, word, "edid", edid ? edid : "");
}

static void look(const char *tree, struct card_list *out)
{
	char folder[SCRATCH_PATH_MAX], text[1024];
	char *rest = text, *word;
	scratch_make(folder);
	(void)snprintf(text, sizeof text, "%s", tree);
	while ((word = strsep(&rest, " ")) != NULL) {
		if (*word)
			make_entry(folder, word);
	}
	card_look(folder, out);
	scratch_remove(folder);
}

static const struct row {
	const char *says, *tree, *present;
	const char *taken; /* "0 HDMI-A-1 1920x1080"; "": none */
	enum card_way way;
} rows[] = {
	{"no card at all", "", "auto", "", CARD_FRAMEBUFFER},
	{"a card without connectors", "card0=v3d renderD128=v3d", "auto", "", CARD_RENDERER},
	{"nothing connected", "card0=vc4 card0-HDMI-A-1:disconnected card0-HDMI-A-2:disconnected", "auto", "",
		CARD_FRAMEBUFFER},
	{"a virtual machine", "card0=virtio-pci card0-Virtual-1:connected:1280x720 renderD128=virtio-pci",
		"auto", "0 Virtual-1 1280x720", CARD_FRAMEBUFFER},
	{"a Raspberry Pi 4: one card draws, the other has the plugs",
		"card0=v3d card1=vc4-drm renderD128=v3d card1-HDMI-A-1:disconnected "
		"card1-HDMI-A-2:connected:1920x1080",
		"auto", "1 HDMI-A-2 1920x1080", CARD_RENDERER},
	{"its numbers exchanged at the next boot",
		"card1=v3d card0=vc4-drm renderD128=v3d card0-HDMI-A-1:disconnected "
		"card0-HDMI-A-2:connected:1920x1080",
		"auto", "0 HDMI-A-2 1920x1080", CARD_RENDERER},
	{"the first of two that are connected",
		"card1=i915 card1-HDMI-A-2:connected:800x600 card1-DP-1:connected:1024x768 renderD128=i915",
		"auto", "1 DP-1 1024x768", CARD_RENDERER},
	{"of two cards the lower one",
		"card10=ast card10-VGA-1:connected:1x1 card2=ast card2-VGA-1:connected:640x480", "auto",
		"2 VGA-1 640x480", CARD_FRAMEBUFFER},
	{"one that cannot tell is taken", "card0=ast card0-VGA-1:unknown:1024x768", "auto",
		"0 VGA-1 1024x768", CARD_FRAMEBUFFER},
	{"but only where no other is",
		"card0=ast card0-VGA-1:unknown:1024x768 card1=udl card1-DVI-I-1:connected", "auto",
		"1 DVI-I-1 ", CARD_FRAMEBUFFER},
	{"what writes to memory is no display", "card0=vc4 card0-Writeback-1:connected:9x9", "auto", "",
		CARD_FRAMEBUFFER},
	{"a GPU, and memory is asked for", "card0=i915 card0-DP-1:connected:1x1 renderD128=i915", "surface",
		"0 DP-1 1x1", CARD_FRAMEBUFFER},
	{"no GPU, and a renderer is asked for", "card0=ast card0-VGA-1:connected:1x1", "renderer",
		"0 VGA-1 1x1", CARD_RENDERER},
	{"other names are passed over", "version cardX card card0x controlD64 card0=ast renderD128", "auto",
		"", CARD_FRAMEBUFFER},
};

static void check_choice(void **state)
{
	const struct row *r = *state;
	struct card_list list;
	char taken[LONG_MAX] = "";
	look(r->tree, &list);
	struct card_choice c = card_choose(&list, r->present);
	if (c.connector)
		(void)snprintf(taken, sizeof taken, "%d %s %s", c.connector->card, c.connector->name,
			c.connector->mode);
	assert_string_equal(taken, r->taken);
	assert_int_equal(c.way, r->way);
}

static const struct pair {
	const char *says, *before, *after;
	bool is_same;
} pairs[] = {
	{"nothing happened", "card0-HDMI-A-1:connected:9x9:a", "card0-HDMI-A-1:connected:9x9:a", true},
	{"pulled out", "card0-HDMI-A-1:connected:9x9:a", "card0-HDMI-A-1:disconnected", false},
	{"another television of the same size", "card0-HDMI-A-1:connected:9x9:a",
		"card0-HDMI-A-1:connected:9x9:b", false},
	{"the same at another size", "card0-HDMI-A-1:connected:9x9:a", "card0-HDMI-A-1:connected:8x8:a",
		false},
};

static void check_same(void **state)
{
	const struct pair *p = *state;
	struct card_list before, after;
	look(p->before, &before);
	look(p->after, &after);
	const struct card_connector *now = card_find(&after, &before.connectors[0]);
	assert_non_null(now);
	assert_int_equal(card_is_same(now, &before.connectors[0]), p->is_same);
}

static void check_gone(void **state)
{
	struct card_list before, after;
	(void)state;
	look("card0-HDMI-A-1:connected", &before);
	look("card1-HDMI-A-1:connected card0-HDMI-A-2:connected", &after);
	assert_null(card_find(&after, &before.connectors[0]));
}

static void check_many(void **state)
{
	struct card_list list;
	char tree[1024] = "";
	(void)state;
	for (int i = 0; i < CARD_CONNECTORS_MAX + 9; i++)
		(void)snprintf(
			tree + strlen(tree), sizeof tree - strlen(tree), "card%d card%d-DP-1:unknown ", i, i);
	look(tree, &list);
	assert_int_equal(list.card_count, CARD_MAX);
	assert_int_equal(list.connector_count, CARD_CONNECTORS_MAX);
}

static void check_told(void **state)
{
	struct card_list list;
	char *said = NULL;
	size_t len = 0;
	(void)state;
	look("card0=v3d card1=vc4-drm renderD128=v3d card1-HDMI-A-1:disconnected "
	     "card1-HDMI-A-2:connected:1920x1080",
		&list);
	FILE *to = open_memstream(&said, &len);
	assert_non_null(to);
	probe_tell(to, &list, "auto");
	assert_int_equal(fclose(to), 0);
	assert_string_equal(said, "card0: driver v3d\n"
				  "card1: driver vc4-drm\n"
				  "card1 HDMI-A-1: not connected\n"
				  "card1 HDMI-A-2: connected, 1920x1080\n"
				  "GPU: yes\n"
				  "taken: card1 HDMI-A-2, by renderer: there is a GPU that draws\n");
	free(said);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, rows, check_choice);
	SENTENCES_ROWS(&s, pairs, check_same);
	sentences_add(&s, "a connector that is no more", check_gone, NULL);
	sentences_add(&s, "more cards and connectors than there is room for", check_many, NULL);
	sentences_add(&s, "all of it is told", check_told, NULL);
	return sentences_run(&s, "card");
}
