/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/doctor.h"

#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/utf8.h"
#include "feed/trust.h"
#include "kiosk/doctor_parts.h"
#include "store/installed.h"
#include "store/store.h"

/* A few of each kind: what is not Han, what everybody writes, and what is rare. */
#define SAMPLE "0123456789:%.,±℃°—→●（）《》“”，。；坊子区潍坊市政务大厅重点项目进度指标公告通知镕堃"

void doctor_say(struct finding *f, bool is_well, const char *zh, const char *en, const char *detail)
{
	f->is_well = is_well;
	const char *open_zh = detail ? "（" : "", *close_zh = detail ? "）" : "";
	(void)snprintf(f->zh, sizeof f->zh, "%s%s%.250s%s", zh, open_zh, detail ? detail : "", close_zh);
	(void)snprintf(f->en, sizeof f->en, "%s%s%.250s%s", en, detail ? " (" : "", detail ? detail : "",
		detail ? ")" : "");
}

static void look_at_settings(const struct exam *x, struct finding *f)
{
	const struct options *o = x->options;
	if (x->unread->kind != ERR_NONE)
		doctor_say(f, false, "设置文件读不懂。按所说之处改正",
			"the settings file is wrong. Mend what it says", x->unread->text);
	else if (o->setup.count)
		doctor_say(f, false, "本机尚未设置，或 fangzi.conf 有误。按屏幕上说的做，再重启",
			"not set up, or fangzi.conf is wrong. Do what the screen says, then restart",
			o->setup.items[o->setup.count > 2 ? 2 : 0]);
	else if (!o->trust || !o->state)
		doctor_say(f, false, "没有指定 trust 和 state。见 README 第 7 节",
			"trust and state are not named. See README, 7", NULL);
	else
		doctor_say(f, true, "可用", "can be used", o->config);
}

static void look_at_fonts(const struct exam *x, struct finding *f)
{
	struct font_paths paths = options_fonts(x->options);
	struct font_set *fonts;
	struct err e = {0};
	char missing[5] = "";
	if (!font_set_open(&fonts, &paths, &e)) {
		doctor_say(f, false, "打不开。安装：apt-get install fonts-noto-cjk",
			"cannot be opened. apt-get install fonts-noto-cjk", e.text);
		return;
	}
	const char *at = SAMPLE;
	for (uint32_t point; !*missing && (point = utf8_next(&at)) != 0;) {
		if (font_find(fonts, FONT_REGULAR, point) < 0 || font_find(fonts, FONT_BOLD, point) < 0)
			(void)utf8_put(missing, point);
	}
	font_set_close(fonts);
	if (*missing)
		doctor_say(f, false, "缺字。安装 fonts-noto-cjk，或用 --font 补充字体",
			"lack characters. Install fonts-noto-cjk, or name another with --font", missing);
	else
		doctor_say(f, true, "齐全", "complete", x->options->font_regular);
}

static void look_at_trust(const struct exam *x, struct finding *f)
{
	char day[32], hex[DIGEST_HEX];
	struct buf bytes = {0};
	struct trust *t = NULL;
	struct err e = {0};
	bool ok = x->options->trust && installed_read(x->options->trust, x->state, &bytes, &e) &&
		  trust_read_first(&t, bytes.data, bytes.len, &e);
	if (!ok) {
		doctor_say(f, false, "没有可信的信任文件。核对指纹；用指纹的还要能连上信息源",
			"there is no trust document to believe. Compare the fingerprint; with one the feed "
			"must be reached too",
			*e.text ? e.text : NULL);
	} else if (t->expires_utc_s < x->now_s) {
		civil_format_rfc3339(t->expires_utc_s, day);
		doctor_say(f, false, "信任文件已过期。请发布方签发新的",
			"the trust document has expired. The publisher must sign another", day);
	} else {
		digest_bytes(bytes.data, bytes.len, hex);
		doctor_say(f, true, "信任文件有效", "the trust document holds", hex);
	}
	trust_destroy(t);
	buf_finish(&bytes);
}

/* What fangzi-sync says: here no network is opened. */
static void look_at_network(const struct exam *x, struct finding *f)
{
	char at[32];
	struct status s;
	bool is_told = status_read(x->state, &s);
	civil_format_rfc3339(s.last_ok_utc_s, at);
	if (!status_is_watched(x->state))
		doctor_say(f, false, "fangzi-sync 没有运行。看 systemctl status fangzi-sync",
			"fangzi-sync does not run. See systemctl status fangzi-sync", NULL);
	else if (!is_told)
		doctor_say(f, false, "还没有连过信息源。等一分钟再看",
			"the feed was not asked yet. Look again in a minute", NULL);
	else if (!s.is_online)
		doctor_say(f, false, "连不上信息源。检查网线、路由器和 feed 的网址",
			"the feed cannot be reached. Check the cable, the router and feed's address",
			s.last_error);
	else if (*s.last_error)
		doctor_say(f, false, "信息源的内容没有通过检查。告诉发布方",
			"what the feed has does not hold. Tell the publisher", s.last_error);
	else
		doctor_say(f, true, "信息源连通", "the feed answers", at);
}

static void look_at_content(const struct exam *x, struct finding *f)
{
	struct store *store = NULL;
	struct store_record r = {0};
	struct err e = {0};
	char version[32];
	bool ok = store_open_reader(&store, x->state, &e) && store_read_record(store, &r, &e);
	store_close(store);
	(void)snprintf(version, sizeof version, "%lld", (long long)r.version);
	if (!ok || r.version == 0)
		doctor_say(f, false, "还没有取得任何版本。先解决网络和信任",
			"nothing was taken yet. Network and trust come first", NULL);
	else if (r.refused_version)
		doctor_say(f, false, "新版本没有通过试画。请发布方改正后重发",
			"a newer version was refused. The publisher must mend it", r.refused_reason);
	else if (x->head.is_known && x->head.head.expires_utc_s < x->now_s)
		doctor_say(f, false, "签发已过期。看服务器上的定时签发是否还在运行",
			"the head has expired. Is the server's hourly signing running?", version);
	else
		doctor_say(f, true,
			x->head.is_known && x->head.head.holds ? "已取得版本（服务器要求暂停显示）"
							       : "已取得版本",
			x->head.is_known && x->head.head.holds ? "a version is here (the head says hold)"
							       : "a version is here",
			version);
}

static const struct check {
	const char *zh, *en;
	void (*look)(const struct exam *x, struct finding *f);
} checks[] = {
	{"设置", "settings", look_at_settings},
	{"字体", "fonts", look_at_fonts},
	{"显示", "display", doctor_display},
	{"时钟", "clock", doctor_clock},
	{"网络", "network", look_at_network},
	{"信任", "trust", look_at_trust},
	{"内容", "content", look_at_content},
	{"目录", "folder", doctor_folder},
	{"空间", "space", doctor_space},
	{"存储", "card", doctor_card},
	{"电源", "power", doctor_power},
	{"温度", "heat", doctor_heat},
};

static void print(const struct options *o, const struct check *c, const struct finding *f)
{
	bool has_zh = !o->lang || strcmp(o->lang, "en") != 0, has_en = !o->lang || strcmp(o->lang, "zh") != 0;
	if (has_zh)
		(void)printf("%s  %s：%s\n", f->is_well ? "正常" : "异常", c->zh, f->zh);
	if (has_en)
		(void)printf("%s  %s: %s\n", f->is_well ? "ok   " : "WRONG", c->en, f->en);
}

bool doctor_run(const struct options *o, const struct err *unread, struct err *e)
{
	struct exam x = {.options = o,
		.unread = unread,
		.root = o->root ? o->root : "",
		.state = o->state ? o->state : ""};
	struct buf trust = {0};
	struct err ignored = {0};
	int wrong = 0;
	if (!options_clock(o, &x.clock, e))
		return false;
	x.now_s = clock_utc_ms(&x.clock) / 1000;
	vitals_read(&x.vitals, x.root, x.state);
	if (o->trust && installed_read(o->trust, x.state, &trust, &ignored))
		(void)source_read_head(&x.head, x.state, &trust, true, &ignored);
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		struct finding f = {0};
		checks[i].look(&x, &f);
		print(o, &checks[i], &f);
		wrong += !f.is_well;
	}
	buf_finish(&trust);
	return wrong == 0 ||
	       err_set(e, ERR_IO, "doctor: %d of %zu are wrong", wrong, sizeof checks / sizeof checks[0]);
}
