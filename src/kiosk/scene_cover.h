/* scene_cover.h - what covers the show: an alert; the code of a screen that nobody has paired.
 * The show begins anew when it is gone. For the thread that paints. */
#ifndef SCENE_COVER_H
#define SCENE_COVER_H

#include "kiosk/scene.h"

/* What covers the show is to be painted again at the next turn: the window lost it, or there is a
 * new canvas. False: nothing does. */
bool scene_uncover(struct scene *s);

const char *scene_site_name(const struct scene *s);

/* No page is to be shown: the emblem, or what is to be done here. */
void scene_paint_nothing(struct scene *s);

/* The alert that the head raises for this screen is another one than what stands there
 * (also: none any more, or its words changed). Covers everything, also a hold. */
bool scene_is_alert_new(const struct scene *s, const struct scene_now *now);

/* Paints it, at once and whole. False: it was lifted; a page is due. */
bool scene_paint_alert(struct scene *s, const struct scene_now *now);
bool scene_is_alert(const struct scene *s);

/* Likewise the pairing page, whose seconds go by; only while there is no alert. */
bool scene_is_pairing_new(const struct scene *s, const struct scene_now *now);
bool scene_paint_pairing(struct scene *s, const struct scene_now *now);
bool scene_is_pairing(const struct scene *s);

/* Likewise black, while the display is not lit; last of all. */
bool scene_is_dark_new(const struct scene *s, const struct scene_now *now);
bool scene_paint_dark(struct scene *s, const struct scene_now *now);
bool scene_is_dark(const struct scene *s);

#endif
