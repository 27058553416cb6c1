/* office_kit.h - an office in memory, with people, for tests. */
#ifndef OFFICE_KIT_H
#define OFFICE_KIT_H

#include <stdio.h>
#include <stdlib.h>

#include "office/account.h"
#include "office/approval.h"
#include "office/change.h"
#include "office/office.h"

#define OFFICE_KIT_NOW INT64_C(1700000000)
#define OFFICE_KIT_COST 4 /* passwords need not be safe here */

enum office_kit_person {
	KIT_EDITOR,
	KIT_EDITOR_2,
	KIT_REVIEWER,
	KIT_REVIEWER_2,
	KIT_ISSUER,
	KIT_ISSUER_2,
	KIT_ALL, /* editor, reviewer and issuer in one: still may not approve his own */
	KIT_OPERATOR,
	KIT_AUDITOR,
	KIT_ADMIN,
	KIT_PEOPLE
};

static const struct {
	const char *name;
	unsigned roles;
} office_kit_people[KIT_PEOPLE] = {
	{"editor", OFFICE_EDITOR},
	{"editor2", OFFICE_EDITOR},
	{"reviewer", OFFICE_REVIEWER},
	{"reviewer2", OFFICE_REVIEWER},
	{"issuer", OFFICE_ISSUER},
	{"issuer2", OFFICE_ISSUER},
	{"all", OFFICE_EDITOR | OFFICE_REVIEWER | OFFICE_ISSUER},
	{"operator", OFFICE_OPERATOR},
	{"auditor", OFFICE_AUDITOR},
	{"admin", OFFICE_ADMINISTRATOR},
};

struct office_kit {
	struct office *office;
	int64_t now_utc_s;
	struct actor people[KIT_PEOPLE];
};

static inline void office_kit_open(struct office_kit *k)
{
	struct err e = {0};
	secret_set_cost(OFFICE_KIT_COST);
	*k = (struct office_kit){.now_utc_s = OFFICE_KIT_NOW};
	if (!office_open(&k->office, NULL, &e))
		abort();
	for (int i = 0; i < KIT_PEOPLE; i++) {
		struct account_new n = {.name = office_kit_people[i].name, .display = office_kit_people[i].name,
			.roles = office_kit_people[i].roles};
		int64_t id;
		account_hash("a long password", false, &n.password);
		office_begin(k->office, k->now_utc_s, &office_itself);
		if (!office_end(k->office, account_add(k->office, &n, &id, &e), &e))
			abort();
		k->people[i] = (struct actor){.account = id, .name = n.name, .roles = n.roles,
			.address = "192.0.2.1", .has_totp = true, .is_confirmed = true};
	}
}

static inline void office_kit_close(struct office_kit *k)
{
	office_close(k->office);
}

static inline void office_kit_begin(struct office_kit *k, enum office_kit_person who)
{
	office_begin(k->office, ++k->now_utc_s, &k->people[who]);
}

/* A small sound notice. */
/* A document's single parts, which every candidate needs; and what else is to be done at once, in SQL. */
static inline void office_kit_put_parts(struct office_kit *k, const char *more)
{
	static const char *const parts[][2] = {
		{"site", "{\"name\":\"坊子区\",\"timezone\":\"Asia/Shanghai\"}"},
		{"calendar", "{\"holidays\":[],\"workdays\":[]}"},
		{"screens", "{\"hours\":{}}"},
	};
	struct err e = {0};
	office_begin(k->office, k->now_utc_s, &office_itself);
	for (size_t i = 0; i < 3; i++)
		office_do(k->office, "INSERT INTO item(list, id, pos, body, sha) VALUES('parts', ?1, 0, ?2, 'x')", "ss",
			parts[i][0], parts[i][1]);
	office_do(k->office, more, "");
	if (!office_commit(k->office, &e))
		abort();
}

static inline json_t *office_kit_notice(const char *id, const char *title)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:s}", "id", id, "title", title, "text", "八点半开门。", "ticker", 1,
		"level", "info");
}

/* Submits as the painter's job would: with hashes of pages that are made up. */
static inline bool office_kit_submit(
	struct office_kit *k, enum office_kit_person who, int64_t set, char sha256[static 65], struct err *e)
{
	char *document;
	json_t *findings, *pages = json_array();
	office_kit_begin(k, who);
	bool ok = approval_prepare(k->office, set, &document, sha256, &findings, e);
	const struct approval_candidate c = {
		.content_sha256 = sha256, .pages_sha256 = "pages", .pages = pages, .at_utc_s = k->now_utc_s};
	ok = ok && approval_submit(k->office, set, &c, e);
	ok = office_end(k->office, ok, e);
	free(document);
	json_decref(findings);
	json_decref(pages);
	return ok;
}

#endif
