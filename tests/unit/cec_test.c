/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said over HDMI-CEC, to an adapter that is made up here: the kernel's structures, and what it
 * answers. */
#include <errno.h>
#include <linux/cec.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include "base/buf.h"
#include "base/clock.h"
#include "kiosk/cec.h"
#include "kiosk/errand.h"
#include "scratch.h"
#include "sentences.h"

static char folder[SCRATCH_PATH_MAX];

struct adapter {
	uint32_t can;
	uint16_t at; /* physical address */
	unsigned char claimed; /* before; 0: none, as 0 is the television's */
	unsigned char given; /* what a claim gets */
	unsigned long fails_at; /* the request that fails; 0: none */
	bool is_deaf; /* nobody acknowledges */
};

struct row {
	const char *says;
	struct adapter adapter;
	bool is_lit;
	enum cec_answer answer;
	const char *sent; /* in hexadecimal, a message a word */
};

#define CAN (CEC_CAP_TRANSMIT | CEC_CAP_LOG_ADDRS)

static const struct row rows[] = {
	{"a television is put to sleep", {CAN, 0x1000, 0, 4, 0, false}, false, CEC_HEARD, "4036 "},
	{"and woken, and shown where we are", {CAN, 0x1000, 0, 4, 0, false}, true, CEC_HEARD,
		"4004 4f821000 "},
	{"behind an amplifier", {CAN, 0x2100, 0, 4, 0, false}, true, CEC_HEARD, "4004 4f822100 "},
	{"with the address that another program has claimed", {CAN, 0x1000, 8, 4, 0, false}, false, CEC_HEARD,
		"8036 "},
	{"as nobody, where every address is taken", {CAN, 0x1000, 0, CEC_LOG_ADDR_INVALID, 0, false}, false,
		CEC_HEARD, "f036 "},
	{"as nobody, where none can be claimed", {CEC_CAP_TRANSMIT, 0x1000, 0, 4, 0, false}, false, CEC_HEARD,
		"f036 "},
	{"as nobody, where a claim fails", {CAN, 0x1000, 0, 4, CEC_ADAP_S_LOG_ADDRS, false}, false, CEC_HEARD,
		"f036 "},
	{"nobody listens", {CAN, 0x1000, 0, 4, 0, true}, false, CEC_UNHEARD, "4036 "},
	{"nobody listens: where we are is no news", {CAN, 0x1000, 0, 4, 0, true}, true, CEC_UNHEARD, "4004 "},
	{"nothing is plugged in", {CAN, CEC_PHYS_ADDR_INVALID, 0, 4, 0, false}, false, CEC_UNHEARD, ""},
	{"an adapter that cannot send", {CEC_CAP_LOG_ADDRS, 0x1000, 0, 4, 0, false}, false, CEC_FAILED, ""},
	{"one that does not say what it can", {CAN, 0x1000, 0, 4, CEC_ADAP_G_CAPS, false}, false, CEC_FAILED,
		""},
	{"one that does not say where it is", {CAN, 0x1000, 0, 4, CEC_ADAP_G_PHYS_ADDR, false}, false,
		CEC_FAILED, ""},
	{"one that does not send", {CAN, 0x1000, 0, 4, CEC_TRANSMIT, false}, true, CEC_FAILED, ""},
};

static const struct adapter *adapter;
static struct buf sent;

static int fake(int fd, unsigned long request, void *what)
{
	struct cec_log_addrs *own = what;
	struct cec_msg *m = what;
	assert_true(fd >= 0);
	if (request == adapter->fails_at) {
		errno = EIO;
		return -1;
	}
	switch (request) {
	case CEC_ADAP_G_CAPS:
		((struct cec_caps *)what)->capabilities = adapter->can;
		break;
	case CEC_ADAP_G_PHYS_ADDR:
		*(uint16_t *)what = adapter->at;
		break;
	case CEC_ADAP_G_LOG_ADDRS:
		own->num_log_addrs = adapter->claimed != 0;
		own->log_addr[0] = adapter->claimed;
		break;
	case CEC_ADAP_S_LOG_ADDRS:
		assert_int_equal(own->num_log_addrs, 1);
		assert_int_equal(own->log_addr_type[0], CEC_LOG_ADDR_TYPE_PLAYBACK);
		own->log_addr[0] = adapter->given;
		break;
	case CEC_TRANSMIT:
		for (uint32_t i = 0; i < m->len; i++)
			buf_printf(&sent, "%02x", m->msg[i]);
		buf_printf(&sent, " ");
		m->tx_status =
			adapter->is_deaf ? CEC_TX_STATUS_NACK | CEC_TX_STATUS_MAX_RETRIES : CEC_TX_STATUS_OK;
		break;
	default:
		fail_msg("no such request: %lx", request);
	}
	return 0;
}

static void is_said(void **state)
{
	const struct row *r = *state;
	adapter = &r->adapter;
	buf_clear(&sent);
	buf_printf(&sent, "%s", "");
	scratch_write(folder, "cec1", "", 0);
	assert_true(cec_is_there(folder));
	assert_int_equal(cec_say(folder, r->is_lit, fake), r->answer);
	assert_string_equal(sent.data, r->sent);
	buf_finish(&sent);
}

static void nowhere(void **state)
{
	(void)state;
	assert_false(cec_is_there("/nowhere"));
	assert_int_equal(cec_say("/nowhere", true, fake), CEC_UNHEARD);
}

/* A file is no adapter: what the kernel says to that is a failure, which ends nothing. */
static void errands(void **state)
{
	struct errand none = {.cec_folder = "/nowhere"}, r = {.cec_folder = folder};
	(void)state;
	scratch_write(folder, "cec1", "", 0);
	errand_want(&none, false, 1);
	assert_true(none.is_done_known && !none.done_is_lit && !none.pid);
	int64_t now_ms = clock_mono_ms(), end_ms = now_ms + 10000;
	errand_want(&r, false, now_ms);
	assert_true(r.pid > 0);
	for (; r.pid && now_ms < end_ms; now_ms = clock_mono_ms()) {
		errand_want(&r, false, now_ms);
		(void)poll(NULL, 0, 1);
	}
	assert_int_equal(r.pid, 0);
	assert_false(r.is_done_known);
	assert_true(r.is_told && r.again_ms > now_ms);
	errand_finish(&r);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	SENTENCES_ROWS(&s, rows, is_said);
	sentences_add(&s, "where there is no adapter nothing is said", nowhere, NULL);
	sentences_add(&s, "it is said by a process, and a failure is tried again", errands, NULL);
	int bad = sentences_run(&s, "HDMI-CEC");
	scratch_remove(folder);
	return bad;
}
