/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/cec.h"

#include <fcntl.h>
#include <linux/cec.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ADAPTERS_MAX 4 /* as many as a board has connectors, and one that is plugged in */
#define PATH_BYTES 256

int cec_ask_kernel(int fd, unsigned long request, void *what)
{
	return ioctl(fd, request, what);
}

/* "FOLDER/cecN", without stdio. */
static bool path_of(const char *folder, int n, char out[static PATH_BYTES])
{
	size_t len = strlen(folder);
	if (len + sizeof "/cec0" > PATH_BYTES)
		return false;
	memcpy(out, folder, len);
	memcpy(out + len, "/cec0", sizeof "/cec0");
	out[len + 4] = (char)('0' + n);
	return true;
}

bool cec_is_there(const char *folder)
{
	char path[PATH_BYTES];
	for (int i = 0; i < ADAPTERS_MAX; i++) {
		if (path_of(folder, i, path) && access(path, F_OK) == 0)
			return true;
	}
	return false;
}

/* Our address on the bus: the one that was claimed before, by us or by another program, or a new one. Without
 * one a message is sent as from nobody, which televisions take. */
static unsigned char claim(int fd, const struct cec_caps *caps, cec_control *control)
{
	struct cec_log_addrs own = {0};
	if (control(fd, CEC_ADAP_G_LOG_ADDRS, &own) != 0)
		return CEC_LOG_ADDR_UNREGISTERED;
	if (own.num_log_addrs == 0 && caps->capabilities & CEC_CAP_LOG_ADDRS) {
		own = (struct cec_log_addrs){.cec_version = CEC_OP_CEC_VERSION_1_4,
			.num_log_addrs = 1,
			.vendor_id = CEC_VENDOR_ID_NONE,
			.osd_name = "Fangzi Kiosk",
			.primary_device_type = {CEC_OP_PRIM_DEVTYPE_PLAYBACK},
			.log_addr_type = {CEC_LOG_ADDR_TYPE_PLAYBACK},
			.all_device_types = {CEC_OP_ALL_DEVTYPE_PLAYBACK}};
		if (control(fd, CEC_ADAP_S_LOG_ADDRS, &own) != 0)
			return CEC_LOG_ADDR_UNREGISTERED;
	}
	bool has_one = own.num_log_addrs > 0 && own.log_addr[0] < CEC_LOG_ADDR_UNREGISTERED;
	return has_one ? own.log_addr[0] : CEC_LOG_ADDR_UNREGISTERED;
}

static enum cec_answer send(int fd, const struct cec_msg *what, cec_control *control)
{
	struct cec_msg m = *what;
	if (control(fd, CEC_TRANSMIT, &m) != 0)
		return CEC_FAILED;
	return m.tx_status & CEC_TX_STATUS_OK ? CEC_HEARD : CEC_UNHEARD;
}

static enum cec_answer say_to(int fd, bool is_lit, cec_control *control)
{
	struct cec_caps caps = {0};
	uint16_t at = CEC_PHYS_ADDR_INVALID;
	if (control(fd, CEC_ADAP_G_CAPS, &caps) != 0 || !(caps.capabilities & CEC_CAP_TRANSMIT) ||
		control(fd, CEC_ADAP_G_PHYS_ADDR, &at) != 0)
		return CEC_FAILED;
	if (at == CEC_PHYS_ADDR_INVALID)
		return CEC_UNHEARD; /* nothing is plugged in there */
	unsigned char from = (unsigned char)(claim(fd, &caps, control) << 4);
	unsigned char to_tv = from | CEC_LOG_ADDR_TV, to_all = from | CEC_LOG_ADDR_BROADCAST;
	struct cec_msg sleep = {.len = 2, .msg = {to_tv, CEC_MSG_STANDBY}};
	struct cec_msg wake = {.len = 2, .msg = {to_tv, CEC_MSG_IMAGE_VIEW_ON}};
	struct cec_msg here = {.len = 4,
		.msg = {to_all, CEC_MSG_ACTIVE_SOURCE, (unsigned char)(at >> 8), (unsigned char)(at & 0xff)}};
	enum cec_answer answer = send(fd, is_lit ? &wake : &sleep, control);
	if (is_lit && answer == CEC_HEARD)
		answer = send(fd, &here, control) == CEC_FAILED ? CEC_FAILED : CEC_HEARD;
	return answer;
}

/* One that took it is enough. */
enum cec_answer cec_say(const char *folder, bool is_lit, cec_control *control)
{
	enum cec_answer answer = CEC_UNHEARD;
	char path[PATH_BYTES];
	for (int i = 0; i < ADAPTERS_MAX; i++) {
		if (!path_of(folder, i, path) || access(path, F_OK) != 0)
			continue;
		int fd = open(path, O_RDWR | O_CLOEXEC);
		enum cec_answer one = fd >= 0 ? say_to(fd, is_lit, control) : CEC_FAILED;
		if (fd >= 0)
			(void)close(fd);
		if (one == CEC_HEARD || answer == CEC_UNHEARD)
			answer = one;
	}
	return answer;
}
