/* light.h - whether the display is to be lit now: by the hours that the content gives a screen. */
#ifndef LIGHT_H
#define LIGHT_H

#define LIGHT_WAKE_S 30 /* a television takes its time until a picture stands there */

enum light {
	LIGHT_ALWAYS, /* no hours are said: the display is left alone */
	LIGHT_ON,
	LIGHT_OFF, /* the page is black, the display sleeps */
	LIGHT_WAKING, /* the page is still black, the display wakes */
};

#endif
