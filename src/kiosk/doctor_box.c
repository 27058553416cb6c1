/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/doctor_parts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "feed/report.h"
#include "kiosk/card.h"
#include "kiosk/reckon.h"
#include "kiosk/scene.h"

#define SPACE_MB_MIN 64 /* a version or two beside the one that is kept */

/* ---- display ---------------------------------------------------------------------------- */

void doctor_display(const struct exam *x, struct finding *f)
{
	struct card_list cards;
	struct status_screen s;
	bool is_told = status_screen_read(status_screen_folder(getenv("RUNTIME_DIRECTORY"), x->state), &s);
	const char *display = status_display(&s, x->now_s);
	char detail[256], folder[PATH_MAX];
	(void)snprintf(folder, sizeof folder, "%.4000s" CARD_SYSFS, x->root);
	card_look(folder, &cards);
	const struct card_connector *c = card_choose(&cards, "auto").connector;
	(void)snprintf(
		detail, sizeof detail, "%s%s%s %s", c ? c->name : "", c ? " " : "", s.size, s.shown.page);
	if (cards.connector_count > 0 && !c)
		doctor_say(f, false, "没有接通显示器。检查视频线和显示器电源",
			"no display is connected. Check its cable and its power", NULL);
	else if (!is_told || !*display)
		doctor_say(f, false, "还没有显示过画面。看 systemctl status fangzi-kiosk",
			"nothing was shown yet. See systemctl status fangzi-kiosk", NULL);
	else if (strcmp(display, "ok") == 0)
		doctor_say(f, true, "画面正确", "shows what it should", detail);
	else if (strcmp(display, "lost") == 0)
		doctor_say(f, false, "画面早已停止更新。重启 fangzi-kiosk：systemctl restart fangzi-kiosk",
			"nobody has looked at the picture for long. systemctl restart fangzi-kiosk", NULL);
	else
		doctor_say(f, false, "显示器上不是应有的画面。重启 fangzi-kiosk，或换一种 --present",
			"does not show what was painted. Restart fangzi-kiosk, or try another --present",
			display);
}

/* ---- clock ------------------------------------------------------------------------------ */

void doctor_clock(const struct exam *x, struct finding *f)
{
	struct scene_now now = {0};
	reckon_now(&now, &x->clock, &x->head);
	if (!now.is_trusted)
		doctor_say(f, false, "不可信。接通网络校时（用 timedatectl 查看），或装时钟电池",
			"not to be believed. See timedatectl, or fit a clock with a battery", NULL);
	else if (clock_is_synchronised(&x->clock))
		doctor_say(f, true, "已校准", "synchronised", NULL);
	else
		doctor_say(f, true, "可信，但尚未由网络校准", "believed, though not synchronised", NULL);
}

/* ---- disk ------------------------------------------------------------------------------- */

/* Who may write, as far as this user can see: the folder is fangzi-sync's. */
static bool may_be_written(const char *folder)
{
	struct stat st;
	return stat(folder, &st) == 0 && (st.st_mode & S_IWUSR) &&
	       (access(folder, W_OK) == 0 || (geteuid() != 0 && geteuid() != st.st_uid));
}

void doctor_folder(const struct exam *x, struct finding *f)
{
	struct stat st;
	if (stat(x->state, &st) != 0 || !S_ISDIR(st.st_mode))
		doctor_say(f, false, "状态目录不存在。看 systemctl status fangzi-sync",
			"the state folder is not there. See systemctl status fangzi-sync", x->state);
	else if (x->vitals.is_read_only || !may_be_written(x->state))
		doctor_say(f, false, "状态目录不可写。以 fsck.repair=yes 重启；仍如此则更换存储卡",
			"the state folder cannot be written. Start with fsck.repair=yes; if it stays, "
			"exchange the card",
			x->state);
	else
		doctor_say(f, true, "状态目录可写", "the state folder can be written", x->state);
}

void doctor_space(const struct exam *x, struct finding *f)
{
	char detail[64];
	(void)snprintf(detail, sizeof detail, "%lld MB", (long long)x->vitals.disk_free_mb);
	bool is_known = x->vitals.disk_free_mb != REPORT_UNKNOWN;
	if (is_known && x->vitals.disk_free_mb < SPACE_MB_MIN)
		doctor_say(f, false, "剩余空间太少。清理，或换更大的存储卡",
			"too little is free. Make room, or fit a larger card", detail);
	else
		doctor_say(f, is_known, is_known ? "剩余空间足够" : "剩余空间未知",
			is_known ? "enough is free" : "nobody knows what is free", is_known ? detail : NULL);
}

void doctor_card(const struct exam *x, struct finding *f)
{
	char detail[64];
	const struct vitals *v = &x->vitals;
	if (v->disk_errors > 0) {
		(void)snprintf(detail, sizeof detail, "%lld", (long long)v->disk_errors);
		doctor_say(f, false, "磁盘出过错。更换存储卡",
			"the disk has counted errors. Exchange the card", detail);
		return;
	}
	(void)snprintf(detail, sizeof detail, "%lld %%", (long long)v->card_used_pct);
	bool is_known = v->card_used_pct != REPORT_UNKNOWN;
	if (is_known && v->card_used_pct >= VITALS_WORN_PCT)
		doctor_say(f, false, "存储卡寿命将尽。尽快更换",
			"the card's promised life is nearly used. Exchange it", detail);
	else
		doctor_say(f, true, is_known ? "存储卡磨损不大" : "没有错误记录（此卡不报告磨损）",
			is_known ? "little worn" : "no errors (this card does not tell its wear)",
			is_known ? detail : NULL);
}

/* ---- power ------------------------------------------------------------------------------ */

void doctor_power(const struct exam *x, struct finding *f)
{
	const char *word = x->vitals.undervoltage;
	if (strcmp(word, "now") == 0)
		doctor_say(f, false, "电压不足。换用原配电源和短线",
			"too little voltage. Fit the power supply made for it, and a short cable", NULL);
	else if (strcmp(word, "was") == 0)
		doctor_say(f, false, "开机以来电压曾经不足。换用原配电源和短线",
			"there was too little voltage since it started. Fit the power supply made for it",
			NULL);
	else
		doctor_say(f, true, *word ? "电压正常" : "电压正常（此机不报告）",
			*word ? "right" : "nobody says otherwise", NULL);
}

void doctor_heat(const struct exam *x, struct finding *f)
{
	char detail[64];
	bool is_known = x->vitals.temperature_c != REPORT_UNKNOWN;
	(void)snprintf(detail, sizeof detail, "%lld °C", (long long)x->vitals.temperature_c);
	if (is_known && x->vitals.temperature_c >= VITALS_HOT_C)
		doctor_say(f, false, "过热。清理通风口，避免日晒",
			"too hot. Clear its air openings, keep the sun off", detail);
	else
		doctor_say(f, true, is_known ? "温度正常" : "温度正常（此机不报告）",
			is_known ? "cool enough" : "nobody says otherwise", is_known ? detail : NULL);
}
