/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/vitals.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "feed/report.h"

#define ZONES 16
#define MB (1024 * 1024)
/* The Pi's firmware: bit 0, too little voltage now; bit 16, since it started. */
#define THROTTLED "/sys/devices/platform/soc/soc:firmware/get_throttled"
#define LOW_NOW 0x1
#define LOW_SINCE_START 0x10000

/* The kernel's own files say nothing of their length. */
static bool read_text(const char *root, const char *name, char *out, size_t room)
{
	char path[4096];
	if (snprintf(path, sizeof path, "%s%s", root, name) >= (int)sizeof path)
		return false;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, out, room - 1) : -1;
	if (fd >= 0)
		(void)close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* The hottest one. */
static int64_t temperature(const char *root)
{
	int64_t hottest = REPORT_UNKNOWN;
	for (int i = 0; i < ZONES; i++) {
		char name[64], text[32];
		(void)snprintf(name, sizeof name, "/sys/class/thermal/thermal_zone%d/temp", i);
		if (!read_text(root, name, text, sizeof text))
			continue;
		int64_t degrees = strtoll(text, NULL, 10) / 1000;
		if (degrees > -100 && degrees < 300 && degrees > hottest)
			hottest = degrees;
	}
	return hottest;
}

static int64_t memory(const char *root)
{
	char text[2048];
	const char *at = read_text(root, "/proc/meminfo", text, sizeof text) ? strstr(text, "MemAvailable:") : NULL;
	return at ? strtoll(at + strlen("MemAvailable:"), NULL, 10) / 1024 : REPORT_UNKNOWN;
}

static const char *undervoltage(const char *root)
{
	char text[32];
	if (read_text(root, THROTTLED, text, sizeof text)) {
		unsigned long bits = strtoul(text, NULL, 16);
		return bits & LOW_NOW ? "now" : bits & LOW_SINCE_START ? "was" : "no";
	}
	for (int i = 0; i < ZONES; i++) { /* newer kernels: a sensor of its own */
		char name[64];
		(void)snprintf(name, sizeof name, "/sys/class/hwmon/hwmon%d/in0_lcrit_alarm", i);
		if (read_text(root, name, text, sizeof text))
			return text[0] == '1' ? "now" : "no";
	}
	return "";
}

void vitals_read(struct vitals *v, const char *root, const char *folder)
{
	struct statvfs disk;
	*v = (struct vitals){.temperature_c = temperature(root),
		.memory_mb = memory(root),
		.undervoltage = undervoltage(root),
		.uptime_s = clock_mono_ms() / 1000,
		.disk_free_mb = REPORT_UNKNOWN};
	if (statvfs(folder, &disk) == 0)
		v->disk_free_mb = (int64_t)(disk.f_bavail * disk.f_frsize / MB);
}
