/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/scene_cover.h"

#include <stdio.h>
#include <string.h>

#include "board/alert.h"
#include "board/pairing.h"
#include "board/setup.h"
#include "kiosk/scene_parts.h"

#define NO_SITE_NAME "坊子区"

const char *scene_site_name(const struct scene *s)
{
	return s->live ? content_site_name(show_content(s->live->show)) : NO_SITE_NAME;
}

void scene_set_setup(struct scene *s, const struct option_list *lines)
{
	s->setup = lines;
}

void scene_paint_nothing(struct scene *s)
{
	if (s->setup && s->setup->count)
		board_paint_setup(s->front, (const char *const *)s->setup->items, s->setup->count);
	else
		board_paint_emblem(s->front, scene_site_name(s));
}

void scene_set_aside(struct scene *s)
{
	s->shown = (struct place){.until_ms = INT64_MAX};
	s->view = NULL;
	s->code[0] = '\0';
	s->is_visited = false;
	s->is_dark = false;
	canvas_orbit(s->front, 0);
}

bool scene_uncover(struct scene *s)
{
	bool is_covered = *s->alert || *s->code || s->is_dark || s->is_visited;
	s->alert[0] = '\0';
	if (is_covered)
		scene_set_aside(s);
	return is_covered;
}

static const char *choose_alert(
	const struct scene *s, const struct scene_now *now, struct arena *a, struct raised *out)
{
	const struct version *v = s->incoming ? s->incoming : s->live;
	return raised_choose(now->head, s->tag, v ? show_content(v->show) : NULL, a, out);
}

bool scene_is_alert_new(const struct scene *s, const struct scene_now *now)
{
	struct arena a = {0};
	struct raised raised;
	if (!*s->alert && (!now->head || now->head->alert_count == 0))
		return false;
	const char *id = choose_alert(s, now, &a, &raised);
	arena_finish(&a);
	return strcmp(id ? id : "", s->alert) != 0 || (id && s->alert_version != scene_version(s));
}

bool scene_paint_alert(struct scene *s, const struct scene_now *now)
{
	struct arena a = {0};
	struct raised raised;
	const char *id = choose_alert(s, now, &a, &raised);
	(void)snprintf(s->alert, sizeof s->alert, "%s", id ? id : "");
	s->alert_version = scene_version(s);
	scene_set_aside(s);
	if (id) {
		struct moment m = scene_moment(s, now);
		struct moment issued =
			moment_at(scene_zone(s), now->head->issued_utc_s, true, now->floor_utc_s);
		board_paint_alert(s->front, raised.is_known ? &raised.alert : NULL, &issued, &m);
	}
	arena_finish(&a);
	return id != NULL;
}

bool scene_is_alert(const struct scene *s)
{
	return *s->alert != '\0';
}

bool scene_is_pairing_new(const struct scene *s, const struct scene_now *now)
{
	const char *code = now->pairing ? now->pairing->code : "";
	return strcmp(code, s->code) != 0 || (*code && now->pairing_s != s->code_s);
}

bool scene_paint_pairing(struct scene *s, const struct scene_now *now)
{
	const struct status_device *d = now->pairing;
	scene_set_aside(s);
	if (!d)
		return false;
	(void)snprintf(s->code, sizeof s->code, "%s", d->code);
	s->code_s = now->pairing_s;
	board_paint_pairing(s->front, &(struct pairing_view){.site_name = scene_site_name(s),
					      .code = s->code,
					      .url = *d->pair_url ? d->pair_url : NULL,
					      .device = d->fingerprint,
					      .network = d->is_in_touch    ? PAIRING_CONNECTED
							 : now->is_offline ? PAIRING_NO_NETWORK
									   : PAIRING_CONNECTING,
					      .expires_s = s->code_s,
					      .now = scene_moment(s, now)});
	return true;
}

bool scene_is_pairing(const struct scene *s)
{
	return *s->code != '\0';
}

static bool must_be_dark(const struct scene_now *now)
{
	return now->light == LIGHT_OFF || now->light == LIGHT_WAKING;
}

enum light scene_light(const struct scene *s, const struct scene_now *now)
{
	const struct version *v = s->incoming ? s->incoming : s->live;
	struct content *c = v ? show_content(v->show) : NULL;
	struct scene_now soon = *now;
	if (!c || !playlist_has_hours(c, s->tag))
		return LIGHT_ALWAYS;
	soon.utc_s += LIGHT_WAKE_S;
	struct moment m = scene_moment(s, now), then = scene_moment(s, &soon);
	return playlist_is_lit(c, s->tag, &m)      ? LIGHT_ON
	       : playlist_is_lit(c, s->tag, &then) ? LIGHT_WAKING
						   : LIGHT_OFF;
}

bool scene_is_dark_new(const struct scene *s, const struct scene_now *now)
{
	return s->is_dark != must_be_dark(now);
}

bool scene_paint_dark(struct scene *s, const struct scene_now *now)
{
	scene_set_aside(s);
	s->is_dark = must_be_dark(now);
	if (s->is_dark) {
		(void)SDL_FillRect(canvas_surface(s->front), NULL, 0);
		canvas_forget(s->front);
	}
	return s->is_dark;
}

bool scene_is_dark(const struct scene *s)
{
	return s->is_dark;
}
