/* SPDX-License-Identifier: Apache-2.0 */
#include <sqlite3.h>

#include "office/publication.h"

static json_t *signatures(struct office *o, int64_t version)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT s.key_id, s.at, ifnull(a.display, '') FROM signature s"
		" LEFT JOIN account a ON a.id = s.account WHERE s.version = ?1 ORDER BY s.at, s.key_id",
		"i", version);
	while (office_next(o, s))
		(void)json_array_append_new(list, json_pack("{s:s, s:o, s:s}", "key_id", office_text(s, 0), "at",
							  office_time(s, 1), "by", office_text(s, 2)));
	return list;
}

static json_t *deliveries(struct office *o, int64_t version)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT place, state, message, at FROM delivery WHERE version = ?1 ORDER BY place", "i", version);
	while (office_next(o, s))
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s, s:s?, s:o}", "where", office_text(s, 0), "state", office_text(s, 1),
				"message", office_text(s, 2), "at", office_time(s, 3)));
	return list;
}

static json_t *row(struct sqlite3_stmt *s, int threshold)
{
	return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:o, s:s?, s:o, s:s?, s:i}", "version",
		(json_int_t)office_int(s, 0), "set", (json_int_t)office_int(s, 1), "title", office_text(s, 2),
		"state", office_text(s, 3), "content_sha256", office_text(s, 4), "pages_sha256", office_text(s, 5),
		"issued_by", office_text(s, 6), "issued", office_time(s, 7), "published_by", office_text(s, 8),
		"published", office_time(s, 9), "reason", office_text(s, 10), "threshold", threshold);
}

/* All, or the one of this version. */
static json_t *list(struct office *o, int64_t version, int threshold)
{
	json_t *all = json_array(), *one;
	size_t i;
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT p.version, p.set_id, c.title, p.state, p.content_sha256, p.pages_sha256,"
		" ifnull(i.display, ''), p.issued, u.display, p.published, p.reason FROM publication p"
		" JOIN change_set c ON c.id = p.set_id LEFT JOIN account i ON i.id = p.issuer"
		" LEFT JOIN account u ON u.id = p.publisher WHERE ?1 = 0 OR p.version = ?1"
		" ORDER BY p.version DESC LIMIT 500",
		"i", version);
	while (office_next(o, s))
		(void)json_array_append_new(all, row(s, threshold));
	json_array_foreach (all, i, one) {
		int64_t number = json_integer_value(json_object_get(one, "version"));
		(void)json_object_set_new(one, "signatures", signatures(o, number));
		(void)json_object_set_new(one, "delivery", deliveries(o, number));
	}
	return all;
}

json_t *publication_list(struct office *o, int threshold)
{
	return list(o, 0, threshold);
}

json_t *publication_show(struct office *o, int64_t version, int threshold)
{
	json_t *all = version > 0 ? list(o, version, threshold) : json_array();
	json_t *one = json_incref(json_array_get(all, 0));
	json_decref(all);
	return one;
}
