/* SPDX-License-Identifier: Apache-2.0
 *
 * Screens as the hub sees them: how one is judged, how it is paired, whose reports count. */
#include "feed/envelope.h"
#include "hub/fleet.h"
#include "office_kit.h"
#include "sentences.h"

#define NOW OFFICE_KIT_NOW

static const struct judge_row {
	const char *says;
	struct fleet_facts facts;
	int64_t published;
	enum fleet_state is;
} judge_rows[] = {
	{"it shows what is published", {false, NOW - 10, 7, "ok", "no"}, 7, FLEET_CURRENT},
	{"it shows the version before", {false, NOW - 10, 6, "ok", "no"}, 7, FLEET_BEHIND},
	{"it has taken the new one but not shown it", {false, NOW - 1, 6, "ok", "no"}, 7, FLEET_BEHIND},
	{"it shows nothing yet", {false, NOW - 10, 0, "ok", "no"}, 7, FLEET_BEHIND},
	{"nothing is published", {false, NOW - 10, 0, "ok", "no"}, 0, FLEET_CURRENT},
	{"it shows more than is published", {false, NOW - 10, 8, "ok", "no"}, 7, FLEET_BEHIND},
	{"its words are old, and it says so", {false, NOW - 10, 7, "ok", "yes"}, 7, FLEET_STALE},
	{"its display is black", {false, NOW - 10, 7, "black", "no"}, 7, FLEET_DARK},
	{"its display is gone", {false, NOW - 10, 7, "lost", "no"}, 7, FLEET_DARK},
	{"it was heard 15 minutes ago", {false, NOW - 900, 7, "ok", "no"}, 7, FLEET_CURRENT},
	{"it was not heard for longer", {false, NOW - 901, 7, "ok", "no"}, 7, FLEET_DARK},
	{"it was never heard", {false, 0, 0, "", ""}, 7, FLEET_NEVER_SEEN},
	{"its key was revoked", {true, NOW - 10, 7, "ok", "no"}, 7, FLEET_REVOKED},
};

static void check_judge(void **state)
{
	const struct judge_row *r = *state;
	const char *why;
	assert_string_equal(
		fleet_state_name(fleet_judge(&r->facts, NOW, r->published, &why)), fleet_state_name(r->is));
}

/* ---- a screen ------------------------------------------------------------------------------ */

struct kit {
	struct office_kit office;
	struct fleet *fleet;
	struct key *key;
	char id[REPORT_SCREEN_TEXT];
	int64_t seq;
};

static void open_kit(struct kit *k)
{
	struct err e = {0};
	struct clock clock = clock_started_at(NOW);
	*k = (struct kit){0};
	office_kit_open(&k->office);
	assert_true(fleet_open(&k->fleet, k->office.office, &clock, &e));
	k->key = key_generate(KEY_ED25519);
}

static void close_kit(struct kit *k)
{
	fleet_close(k->fleet);
	key_destroy(k->key);
	office_kit_close(&k->office);
}

static const char *hello(struct kit *k, const char *code, int64_t now)
{
	static char said[32];
	struct err e = {0};
	struct buf out = {0};
	struct hello h = {.seq = ++k->seq, .at_utc_s = now, .software = "0.1.0", .size = "1920x1080"};
	json_t *answer;
	(void)snprintf(h.code, sizeof h.code, "%s", code);
	assert_true(hello_seal(&h, k->key, &out, &e));
	const struct fleet_words w = {.bytes = out.data, .len = out.len, .address = "192.0.2.7", .now_utc_s = now};
	bool ok = fleet_hello(k->fleet, &w, &answer, &e);
	(void)snprintf(said, sizeof said, "%s",
		ok ? json_string_value(json_object_get(answer, "state")) : err_kind_name(e.kind));
	json_decref(answer);
	buf_finish(&out);
	return said;
}

static enum err_kind pair(struct kit *k, const char *code, int64_t now)
{
	struct err e = {0};
	json_t *tags = json_pack("[s]", "hall");
	const struct fleet_pairing p = {.code = code, .name = "一楼大厅", .tags = tags};
	bool ok = fleet_pair(k->fleet, &p, &k->office.people[KIT_OPERATOR], now, k->id, &e);
	json_decref(tags);
	return ok ? ERR_NONE : e.kind;
}

static enum err_kind send_report(struct kit *k, const struct key *key, const char *screen, int64_t seq, int64_t version)
{
	struct err e = {0};
	struct report r;
	struct buf body = {0}, out = {0};
	json_t *answer;
	report_clear(&r);
	(void)snprintf(r.screen, sizeof r.screen, "%s", screen);
	r.seq = seq;
	r.at_utc_s = NOW;
	r.version = version;
	(void)snprintf(r.display, sizeof r.display, "ok");
	report_write(&r, &body);
	struct key *const keys[] = {(struct key *)(uintptr_t)key};
	assert_true(envelope_seal(REPORT_TYPE, &body, keys, 1, &out, &e));
	const struct fleet_words w = {.bytes = out.data, .len = out.len, .address = "192.0.2.7", .now_utc_s = NOW};
	bool ok = fleet_report(k->fleet, &w, &answer, &e);
	json_decref(answer);
	buf_finish(&body);
	buf_finish(&out);
	return ok ? ERR_NONE : e.kind;
}

static void check_pairing(void **state)
{
	struct kit k;
	(void)state;
	open_kit(&k);
	assert_string_equal(hello(&k, "123456", NOW), "waiting");
	assert_int_equal(pair(&k, "654321", NOW), ERR_MISSING);
	assert_int_equal(pair(&k, "123456", NOW), ERR_NONE);
	assert_string_equal(hello(&k, "123456", NOW), "paired");
	assert_int_equal(pair(&k, "123456", NOW), ERR_MISSING); /* once */
	close_kit(&k);
}

static void check_code_ends(void **state)
{
	struct kit k;
	(void)state;
	open_kit(&k);
	(void)hello(&k, "123456", NOW);
	(void)hello(&k, "123456", NOW + 300); /* saying it again does not make it live longer */
	assert_int_equal(pair(&k, "123456", NOW + HELLO_CODE_S), ERR_MISSING);
	close_kit(&k);
}

static void check_tries(void **state)
{
	struct kit k;
	(void)state;
	open_kit(&k);
	(void)hello(&k, "123456", NOW);
	for (int i = 0; i < FLEET_TRIES; i++)
		assert_int_equal(pair(&k, "000000", NOW), ERR_MISSING);
	assert_int_equal(pair(&k, "123456", NOW), ERR_BUSY); /* even the right one */
	(void)hello(&k, "123456", NOW + HELLO_CODE_S);
	assert_int_equal(pair(&k, "123456", NOW + HELLO_CODE_S), ERR_NONE);
	close_kit(&k);
}

static void check_other_code(void **state)
{
	struct kit k;
	(void)state;
	open_kit(&k);
	(void)hello(&k, "123456", NOW);
	key_destroy(k.key);
	k.key = key_generate(KEY_ED25519);
	assert_string_equal(hello(&k, "123456", NOW), "busy"); /* two screens, one code: neither by chance */
	close_kit(&k);
}

static void check_reports(void **state)
{
	struct kit k;
	struct err e = {0};
	struct key *other = key_generate(KEY_ED25519);
	(void)state;
	open_kit(&k);
	(void)hello(&k, "123456", NOW);
	assert_int_equal(send_report(&k, k.key, "0123456789abcdef", 5, 1), ERR_UNTRUSTED); /* not paired yet */
	assert_int_equal(pair(&k, "123456", NOW), ERR_NONE);
	assert_int_equal(send_report(&k, other, k.id, 5, 1), ERR_UNTRUSTED);
	assert_int_equal(send_report(&k, k.key, "0123456789abcdef", 5, 1), ERR_UNTRUSTED); /* of another */
	assert_int_equal(send_report(&k, k.key, k.id, 5, 1), ERR_NONE);
	assert_int_equal(send_report(&k, k.key, k.id, 5, 2), ERR_STALE); /* again */
	assert_int_equal(send_report(&k, k.key, k.id, 4, 2), ERR_STALE); /* before */
	assert_int_equal(send_report(&k, k.key, k.id, 6, 2), ERR_NONE);
	json_t *shown = fleet_show(k.fleet, k.id, NOW, 2);
	assert_string_equal(json_string_value(json_object_get(shown, "state")), "current");
	json_decref(shown);
	assert_true(fleet_revoke(k.fleet, k.id, &k.office.people[KIT_OPERATOR], NOW, &e));
	assert_int_equal(send_report(&k, k.key, k.id, 7, 2), ERR_UNTRUSTED);
	assert_string_equal(hello(&k, "123456", NOW), "revoked");
	key_destroy(other);
	close_kit(&k);
}

static void check_kept(void **state)
{
	struct kit k;
	struct err e = {0};
	struct clock clock = clock_started_at(NOW);
	(void)state;
	open_kit(&k);
	(void)hello(&k, "123456", NOW);
	assert_int_equal(pair(&k, "123456", NOW), ERR_NONE);
	assert_int_equal(send_report(&k, k.key, k.id, 9, 3), ERR_NONE);
	fleet_close(k.fleet);
	assert_true(fleet_open(&k.fleet, k.office.office, &clock, &e));
	json_t *shown = fleet_show(k.fleet, k.id, NOW, 3);
	assert_string_equal(json_string_value(json_object_get(shown, "state")), "current");
	assert_string_equal(json_string_value(json_object_get(shown, "name")), "一楼大厅");
	json_decref(shown);
	assert_int_equal(send_report(&k, k.key, k.id, 9, 3), ERR_STALE); /* after a restart, too */
	close_kit(&k);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, judge_rows, check_judge);
	sentences_add(&s, "a screen is paired by its code, once", check_pairing, NULL);
	sentences_add(&s, "a code lives ten minutes, however often it is said", check_code_ends, NULL);
	sentences_add(&s, "five tries, then patience", check_tries, NULL);
	sentences_add(&s, "two screens never have one code", check_other_code, NULL);
	sentences_add(&s, "reports count by key, screen and number", check_reports, NULL);
	sentences_add(&s, "what was said last outlives a restart", check_kept, NULL);
	return sentences_run(&s, "fleet");
}
