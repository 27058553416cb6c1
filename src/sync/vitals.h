/* vitals.h - how the box itself is: what the kernel says, and nothing that it does not. */
#ifndef VITALS_H
#define VITALS_H

#include <stdint.h>

struct vitals {
	int64_t temperature_c, disk_free_mb, memory_mb, uptime_s; /* REPORT_UNKNOWN: nobody says */
	const char *undervoltage; /* no, was, now; "": nobody says */
};

/* root: "" or, for tests, the folder in which /proc and /sys are. folder: whose disk counts. */
void vitals_read(struct vitals *v, const char *root, const char *folder);

#endif
