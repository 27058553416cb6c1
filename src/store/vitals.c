/* SPDX-License-Identifier: Apache-2.0 */
#include "store/vitals.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "feed/report.h"

#define ZONES 16
#define CARDS 4
#define LIFE_OVER 0x0b
#define EXT4 "/sys/fs/ext4"
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

/* JESD84-B51, DEVICE_LIFE_TIME_EST: two kinds of memory, 0x01 to 10 % used ... 0x0a to 100, 0x0b beyond. */
static int64_t card_used(const char *root)
{
	int64_t most = REPORT_UNKNOWN;
	for (int i = 0; i < CARDS; i++) {
		char name[64], text[32], *rest = text;
		(void)snprintf(name, sizeof name, "/sys/block/mmcblk%d/device/life_time", i);
		if (!read_text(root, name, text, sizeof text))
			continue;
		for (int k = 0; k < 2; k++) {
			int64_t tens = strtol(rest, &rest, 16);
			if (tens > 0 && tens <= LIFE_OVER && tens * 10 > most)
				most = tens * 10;
		}
	}
	return most;
}

static int64_t disk_errors(const char *root)
{
	char path[4096];
	int64_t sum = REPORT_UNKNOWN;
	const struct dirent *entry;
	(void)snprintf(path, sizeof path, "%.4000s" EXT4, root);
	DIR *dir = opendir(path);
	while (dir && (entry = readdir(dir)) != NULL) {
		char name[64], text[32];
		int len = snprintf(name, sizeof name, EXT4 "/%s/errors_count", entry->d_name);
		if (entry->d_name[0] != '.' && len < (int)sizeof name && read_text(root, name, text, sizeof text))
			sum = (sum == REPORT_UNKNOWN ? 0 : sum) + strtoll(text, NULL, 10);
	}
	if (dir)
		(void)closedir(dir);
	return sum;
}

void vitals_read(struct vitals *v, const char *root, const char *folder)
{
	struct statvfs disk;
	*v = (struct vitals){.temperature_c = temperature(root),
		.memory_mb = memory(root),
		.undervoltage = undervoltage(root),
		.uptime_s = clock_mono_ms() / 1000,
		.card_used_pct = card_used(root),
		.disk_errors = disk_errors(root),
		.disk_free_mb = REPORT_UNKNOWN};
	if (statvfs(folder, &disk) != 0)
		return;
	v->disk_free_mb = (int64_t)(disk.f_bavail * disk.f_frsize / MB);
	v->is_read_only = (disk.f_flag & ST_RDONLY) != 0;
}
