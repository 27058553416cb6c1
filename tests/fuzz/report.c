/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what a screen says to its hub: a report's body, a picture's label, a hello. What
 * is accepted keeps its bounds, and is the same when it is written and read again. */
#include "feed/report.h"

#include "feed/hello.h"
#include "fuzz.h"

static void must_be_line(const char *text)
{
	for (; *text; text++)
		FUZZ_MUST((unsigned char)*text >= 0x20 && *text != 0x7f);
}

static void must_be_sound(const struct report *r)
{
	FUZZ_MUST(report_is_hex(r->screen, 16) && r->seq >= 1);
	must_be_line(r->software);
	must_be_line(r->incident);
	must_be_line(r->sync_result);
	FUZZ_MUST(!*r->page || report_is_name(r->page));
	FUZZ_MUST(!*r->content_sha256 || digest_is_hex(r->content_sha256));
	FUZZ_MUST(r->content_count <= REPORT_CONTENTS_MAX && r->play_count <= REPORT_PLAYS_MAX);
	for (int i = 0; i < r->play_count; i++) {
		const struct report_play *p = &r->plays[i];
		FUZZ_MUST(p->content >= 0 && p->content < r->content_count && report_is_name(p->page));
		FUZZ_MUST(p->day >= 0 && p->times >= 0 && p->seconds >= 0 && (!p->day || p->seconds <= 90000));
	}
}

static void try_report(const char *bytes, size_t len)
{
	static struct report r, again;
	struct buf written = {0}, twice = {0};
	struct err e = {0};
	if (report_read(&r, bytes, len, &e)) {
		must_be_sound(&r);
		report_write(&r, &written);
		FUZZ_MUST(report_read(&again, written.data, written.len, &e));
		report_write(&again, &twice);
		FUZZ_MUST(written.len == twice.len && memcmp(written.data, twice.data, twice.len) == 0);
		json_t *shown = report_show(&r);
		FUZZ_MUST(shown && !json_object_get(shown, "plays"));
		json_decref(shown);
	} else {
		FUZZ_MUST(e.kind == ERR_FORMAT && e.text[0]);
	}
	buf_finish(&written);
	buf_finish(&twice);
}

static void try_label(const char *bytes, size_t len)
{
	struct hello_label l, again;
	struct buf written = {0};
	struct err e = {0};
	if (hello_read_label(&l, bytes, len, &e)) {
		FUZZ_MUST(l.size >= 1 && l.size <= HELLO_PICTURE_BYTES_MAX && digest_is_hex(l.sha256));
		hello_write_label(&l, &written);
		FUZZ_MUST(hello_read_label(&again, written.data, written.len, &e));
		FUZZ_MUST(l.seq == again.seq && l.captured_utc_s == again.captured_utc_s && l.size == again.size);
	}
	buf_finish(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct hello h;
	struct key *key;
	struct err e = {0};
	try_report((const char *)bytes, len);
	try_label((const char *)bytes, len);
	if (hello_open(&h, &key, (const char *)bytes, len, &e)) {
		FUZZ_MUST(hello_is_code(h.code) && key_type_of(key) == KEY_ED25519);
		must_be_line(h.software);
		key_destroy(key);
	} else {
		FUZZ_MUST((e.kind == ERR_FORMAT || e.kind == ERR_UNTRUSTED) && e.text[0] && !key);
	}
	return 0;
}
