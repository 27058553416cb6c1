/* SPDX-License-Identifier: Apache-2.0 */
#include "office/setting.h"

#include <stdio.h>
#include <string.h>

#include "office/audit.h"

bool setting_is_on(struct office *o, const char *name)
{
	return office_number(o, 0, "SELECT value = 'on' FROM setting WHERE name = ?1", "s", name) == 1;
}

void setting_turn(struct office *o, const char *name, bool is_on)
{
	char subject[64];
	json_t *before = json_boolean(setting_is_on(o, name)), *after = json_boolean(is_on);
	office_do(o,
		"INSERT INTO setting(name, value, account, at) VALUES(?1, ?2, ?3, ?4)"
		" ON CONFLICT(name) DO UPDATE SET value = ?2, account = ?3, at = ?4",
		"ssii", name, is_on ? "on" : "off", office_actor(o)->account, office_now(o));
	(void)snprintf(subject, sizeof subject, "setting:%s", name);
	audit_add(o, "setting.turn", subject, before, after);
	json_decref(before);
	json_decref(after);
}

json_t *setting_show(struct office *o, const char *name)
{
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT s.value = 'on', a.display, s.at FROM setting s LEFT JOIN account a ON a.id = s.account"
		" WHERE s.name = ?1",
		"s", name);
	if (!office_next(o, s))
		return json_pack("{s:b, s:n, s:n}", "on", 0, "by", "at");
	return json_pack("{s:b, s:s?, s:o}", "on", (int)office_int(s, 0), "by", office_text(s, 1), "at",
		office_time(s, 2));
}
