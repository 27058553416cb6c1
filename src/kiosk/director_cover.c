/* SPDX-License-Identifier: Apache-2.0
 *
 * What covers the show: an alert before all else, then the code of a screen that nobody has paired,
 * then the dark of the hours in which nobody is there, then what somebody who touches the screen sees. */
#include "kiosk/director_parts.h"
#include "kiosk/scene_cover.h"

/* What moved ends. */
static void cover(struct director *d)
{
	d->stage.phase = STAGE_STILL;
	d->is_recorded = false;
	d->marked_until_ms = 0;
	d->next_change_s = INT64_MAX;
}

/* In the very next frame, whole and without motion. When it is lifted the show comes back as
 * it would at a start. */
static bool show_alert(struct director *d)
{
	cover(d);
	return !scene_paint_alert(d->scene, &d->now) || director_give_all(d, FRAME_ALERT);
}

/* Its seconds go by; when it is gone a page follows, or the emblem. */
static bool show_pairing(struct director *d)
{
	cover(d);
	if (scene_paint_pairing(d->scene, &d->now))
		return director_give_all(d, FRAME_PAGE);
	return scene_is_turn_due(d->scene, &d->now) || director_show_standing(d);
}

static bool show_dark(struct director *d)
{
	cover(d);
	if (scene_paint_dark(d->scene, &d->now))
		return director_give_all(d, FRAME_PAGE);
	return scene_is_turn_due(d->scene, &d->now) || director_show_standing(d);
}

/* The display is woken a while before there is something to see. */
static bool keep_dark(struct director *d)
{
	return d->given_light == d->now.light || director_give_all(d, FRAME_PAGE);
}

static bool show_visit(struct director *d)
{
	cover(d);
	guest_paint(&d->guest, d->scene, &d->now);
	return director_give_all(d, FRAME_PAGE);
}

static bool look_at_guest(struct director *d, int64_t *wake_ms, bool *is_covered)
{
	bool is_new;
	*is_covered = guest_has_screen(&d->guest, d->scene, &d->now, d->mono_ms, &is_new);
	if (!*is_covered)
		return true;
	*wake_ms = d->guest.visit.until_ms;
	return !is_new || show_visit(d);
}

static bool cover_by_rule(struct director *d, int64_t *wake_ms, bool *is_covered)
{
	*is_covered = true;
	if (scene_is_alert_new(d->scene, &d->now) && !show_alert(d))
		return false;
	if (scene_is_alert(d->scene))
		return true;
	if (scene_is_pairing_new(d->scene, &d->now) && !show_pairing(d))
		return false;
	*is_covered = scene_is_pairing(d->scene);
	if (!*is_covered) {
		if (scene_is_dark_new(d->scene, &d->now) && !show_dark(d))
			return false;
		*is_covered = scene_is_dark(d->scene);
		if (*is_covered && !keep_dark(d))
			return false;
	}
	if (*is_covered)
		*wake_ms = d->next_freshness_ms;
	return true;
}

bool director_cover(struct director *d, int64_t *wake_ms, bool *is_covered)
{
	if (!cover_by_rule(d, wake_ms, is_covered))
		return false;
	if (!*is_covered)
		return look_at_guest(d, wake_ms, is_covered);
	guest_send_away(&d->guest);
	return true;
}
