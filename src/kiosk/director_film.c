/* SPDX-License-Identifier: Apache-2.0
 *
 * A film on the page that stands: each of its pictures is laid upon the page and presented. */
#include "kiosk/director_parts.h"

/* The last picture, on a page that was painted anew under it. */
void director_lay_film(struct director *d)
{
	struct projector_film film;
	if (scene_film(d->scene, &d->now, &film) &&
		projector_draw(d->projector, &film, scene_surface(d->scene)))
		scene_paint_over_film(d->scene, &d->now);
}

bool director_play(struct director *d, int64_t *wake_ms)
{
	struct projector_film film;
	d->has_film = scene_film(d->scene, &d->now, &film);
	if (!d->has_film)
		return true;
	projector_play(d->projector, &film, d->mono_ms);
	enum projector_news news = projector_look(d->projector, d->mono_ms);
	int64_t look_ms = projector_look_ms(d->projector);
	*wake_ms = look_ms < *wake_ms ? look_ms : *wake_ms;
	if (news == PROJECTOR_OVER)
		return director_show_standing(d);
	if (news != PROJECTOR_PICTURE)
		return true;
	director_lay_film(d);
	return director_give(d, FRAME_FILM, &film.at, 1);
}
