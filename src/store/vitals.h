/* vitals.h - how the box itself is: what the kernel says, and nothing that it does not. */
#ifndef VITALS_H
#define VITALS_H

#include <stdbool.h>
#include <stdint.h>

#define VITALS_HOT_C 80 /* the Pi slows down from there */
#define VITALS_WORN_PCT 80

struct vitals {
	int64_t temperature_c, disk_free_mb, memory_mb, uptime_s; /* REPORT_UNKNOWN: nobody says */
	const char *undervoltage; /* no, was, now; "": nobody says */
	int64_t card_used_pct; /* of the life that its maker promised an eMMC: to the next ten; beyond: 110 */
	int64_t disk_errors; /* that ext4 has counted, on all disks, since they were made or checked */
	bool is_read_only; /* the folder's disk; a kernel makes it so when it finds errors */
};

/* root: "" or, for tests, the folder in which /proc and /sys are. folder: whose disk counts. */
void vitals_read(struct vitals *v, const char *root, const char *folder);

#endif
