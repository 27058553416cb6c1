/* SPDX-License-Identifier: Apache-2.0 */
#include "office/publication.h"

#include "office/audit.h"

bool publication_create(struct office *o, const struct publication_new *p, int64_t *version, struct err *e)
{
	if (office_number(o, 0, "SELECT 1 FROM publication WHERE state IN ('signing', 'ready')", ""))
		return err_set(e, ERR_CONFLICT, "上一个版本还在等待签名或发布");
	*version = 1 + office_number(o, 0, "SELECT max(version) FROM publication", "");
	office_do(o,
		"INSERT INTO publication(version, set_id, state, content_sha256, pages_sha256, document, issuer,"
		" issued)"
		" VALUES(?1, ?2, 'signing', ?3, ?4, ?5, ?6, ?7)",
		"iissbii", *version, p->set, p->content_sha256, p->pages_sha256, p->document, p->document_len,
		office_actor(o)->account, office_now(o));
	json_t *after = json_pack("{s:I, s:s}", "set", (json_int_t)p->set, "content_sha256", p->content_sha256);
	audit_add_number(o, "publication.create", "version", *version, after);
	json_decref(after);
	return true;
}
