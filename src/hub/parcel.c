/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/parcel.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "feed/manifest.h"
#include "feed/trust.h"
#include "hub/bundle.h"
#include "hub/press.h"
#include "office/approval.h"
#include "office/media.h"
#include "office/publication.h"

static const char readme[] =
	"候选版本 %lld（发布源 %s）\n"
	"\n"
	"请在您自己的电脑上核对后再签名，不要只凭网页上看到的内容签名。\n"
	"\n"
	"1. 核对：内容、图片与清单一致，没有错误\n"
	"     fangzi-sign check content.json --media media --draft manifest.json\n"
	"2. 查看：由本机绘制，应与 pages/ 中经过审核的画面相同\n"
	"     fangzi-sign preview --content content.json --media media --out seen --at %s\n"
	"3. 签名：每位发布人使用自己的密钥\n"
	"     fangzi-sign sign manifest.json --key KEY\n"
	"4. 在网页“签名与发布”中上传签名后的 manifest.json\n"
	"\n"
	"Candidate %lld of feed %s. Check it on a machine of your own before you sign:\n"
	"check (1), look (2), sign (3), then upload the signed manifest.json (4).\n"
	"\n"
	"content.json  SHA-256 %s\n";

struct parcel {
	struct hub *hub;
	struct trust *trust;
	struct buf document, envelope;
	struct manifest manifest;
	json_t *candidate, *media;
	struct bundle *bundle;
};

static bool read_office(struct parcel *p, int64_t version, const struct actor *actor, struct err *e)
{
	struct publication found;
	struct office *o = p->hub->office;
	office_begin(o, clock_utc_ms(&p->hub->clock) / 1000, actor);
	bool ok = publication_find(o, version, &found, e) &&
		  publication_envelope(o, version, p->trust->feed, &p->envelope, e);
	if (ok) {
		publication_document(o, version, &p->document);
		p->candidate = approval_candidate_show(o, found.set);
		p->media = media_paths(o, p->hub->press->folder);
	}
	return office_end(o, ok, e) && manifest_read_draft(&p->manifest, p->envelope.data, p->envelope.len, e);
}

static bool is_there(struct album *a, const json_t *page)
{
	uint64_t size;
	const char *sha256 = json_string_value(json_object_get(page, "sha256"));
	int fd = sha256 ? album_get(a, sha256, &size) : -1;
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

/* The album may have dropped some: they are painted again, to the same bytes. */
static bool have_pages(struct parcel *p, struct err *e)
{
	struct painter_wish w = {.document = p->document.data,
		.len = p->document.len,
		.media = p->media,
		.size_count = PAINTER_REVIEWED};
	const json_t *pages = json_object_get(p->candidate, "pages"), *page;
	const char *at = json_string_value(json_object_get(p->candidate, "at"));
	json_t *painted;
	size_t i;
	bool is_whole = true;
	json_array_foreach (pages, i, page)
		is_whole = is_whole && is_there(p->hub->press->album, page);
	if (is_whole || !at || !civil_parse_rfc3339(at, &w.at_utc_s))
		return true;
	memcpy(w.sizes, painter_reviewed, sizeof painter_reviewed);
	if (!painter_paint(p->hub->press->painter, &w, NULL, &painted, e))
		return false;
	json_decref(painted);
	return true;
}

static bool add_pages(struct parcel *p, struct err *e)
{
	char name[512], path[PATH_MAX + 128];
	size_t i;
	const json_t *page;
	json_array_foreach (json_object_get(p->candidate, "pages"), i, page) {
		const char *state = json_string_value(json_object_get(page, "state"));
		if ((state && strcmp(state, "gone") == 0) || !is_there(p->hub->press->album, page))
			continue;
		(void)snprintf(name, sizeof name, "pages/%s/%s.png", json_string_value(json_object_get(page, "size")),
			json_string_value(json_object_get(page, "name")));
		(void)snprintf(path, sizeof path, "%s/" PRESS_PAGES "/%s.png", p->hub->press->folder,
			json_string_value(json_object_get(page, "sha256")));
		if (!bundle_add_file(p->bundle, name, path, e))
			return false;
	}
	return true;
}

static bool add_media(struct parcel *p, struct err *e)
{
	char name[MANIFEST_NAME_MAX + 16];
	for (int i = 0; i < p->manifest.media_count; i++) {
		const char *path = json_string_value(json_object_get(p->media, p->manifest.media[i].name));
		(void)snprintf(name, sizeof name, "media/%s", p->manifest.media[i].name);
		if (!path)
			return err_set(e, ERR_CONFLICT, "缺少图片 %s", p->manifest.media[i].name);
		if (!bundle_add_file(p->bundle, name, path, e))
			return false;
	}
	return true;
}

static bool add_readme(struct parcel *p, struct err *e)
{
	struct buf text = {0};
	const char *at = json_string_value(json_object_get(p->candidate, "at"));
	long long version = (long long)p->manifest.version;
	buf_printf(&text, readme, version, p->manifest.feed, at ? at : "", version, p->manifest.feed,
		p->manifest.content_sha256);
	bool ok = bundle_add(p->bundle, "README.txt", text.data, text.len, e);
	buf_finish(&text);
	return ok;
}

static bool fill(struct parcel *p, struct err *e)
{
	return add_readme(p, e) && bundle_add(p->bundle, "manifest.json", p->envelope.data, p->envelope.len, e) &&
	       bundle_add(p->bundle, "content.json", p->document.data, p->document.len, e) && add_media(p, e) &&
	       add_pages(p, e);
}

bool parcel_make(struct hub *h, int64_t version, const struct actor *actor, int *fd, uint64_t *size_bytes,
	struct err *e)
{
	struct parcel p = {.hub = h};
	bool ok = publisher_trust(h->press->publisher, &p.trust, e) && read_office(&p, version, actor, e) &&
		  have_pages(&p, e) && bundle_begin(&p.bundle, h->press->folder, p.manifest.issued_utc_s, e);
	if (ok && !fill(&p, e)) {
		bundle_abandon(p.bundle);
		ok = false;
	} else if (ok) {
		ok = bundle_end(p.bundle, fd, size_bytes, e);
	}
	json_decref(p.candidate);
	json_decref(p.media);
	manifest_finish(&p.manifest);
	trust_destroy(p.trust);
	buf_finish(&p.document);
	buf_finish(&p.envelope);
	return ok;
}
