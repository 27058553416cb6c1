/* doctor_parts.h - what doctor.c and doctor_box.c share, and nobody else. */
#ifndef DOCTOR_PARTS_H
#define DOCTOR_PARTS_H

#include "base/clock.h"
#include "kiosk/options.h"
#include "kiosk/source.h"
#include "store/status.h"
#include "store/vitals.h"

/* What one check found. */
struct finding {
	bool is_well;
	char zh[512], en[512];
};

/* What the checks look at; read once. */
struct exam {
	const struct options *options;
	const struct err *unread;
	const char *root; /* before /sys and /proc */
	const char *state; /* "": none is named */
	struct clock clock;
	int64_t now_s;
	struct source_head head;
	struct vitals vitals;
};

/* detail: in any language, behind both; or NULL. */
void doctor_say(struct finding *f, bool is_well, const char *zh, const char *en, const char *detail);

/* Checks of the box itself. */
void doctor_display(const struct exam *x, struct finding *f);
void doctor_clock(const struct exam *x, struct finding *f);
void doctor_folder(const struct exam *x, struct finding *f);
void doctor_space(const struct exam *x, struct finding *f);
void doctor_card(const struct exam *x, struct finding *f);
void doctor_power(const struct exam *x, struct finding *f);
void doctor_heat(const struct exam *x, struct finding *f);

#endif
