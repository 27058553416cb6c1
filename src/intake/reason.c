/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/reason.h"

#include <stdio.h>
#include <string.h>

/* By how the rule begins; intake_plan_test goes through those that a row can meet. */
static const struct {
	const char *begins, *says;
} known[] = {
	{"missing: a rank needs", "有排名就要有参评总数"},
	{"missing: what is off", "停办的活动要写明原因"},
	{"missing", "必填，没有填写"},
	{"must not be empty", "不能为空"},
	{"must be an id", "编号只能用小写字母、数字和连字符，最多 64 位"},
	{"must be an EDTF", "日期写法不对"},
	{"must be a date", "要写到日，如 2023-06-30"},
	{"must be one of", "不是允许的选项"},
	{"must be a whole number", "须为整数"},
	{"must be within", "数值超出允许范围"},
	{"no such id in sources", "内容里没有这个数据来源"},
	{"no such id in phases", "内容里没有这个阶段模板"},
	{"no such phase", "项目的阶段模板里没有这个阶段"},
	{"only a milestone that is done", "只有“已完成”的节点才能有实际时间"},
	{"an exact rank leaves no room", "已有确切名次，不能再写“前几名”"},
	{"is less than the number of standings", "参评总数小于已列出的地区数"},
	{"id stands twice", "编号重复"},
	{"lies before its beginning", "结束早于开始"},
	{"items must stand in order", "节目没有按时间排列"},
	{"control character", "含有控制字符"},
	{"bidirectional", "含有看不见的方向控制字符"},
	{"zero-width character", "含有看不见的零宽字符"},
	{"invisible character", "含有看不见的字符"},
	{"soft hyphen", "含有看不见的软连字符"},
	{"line or paragraph separator", "含有特殊的换行符"},
	{"private-use character", "含有造字（私用区字符），屏幕无法显示"},
	{"noncharacter", "含有无效字符"},
	{"special character", "含有特殊字符"},
	{"tag or variation", "含有看不见的标记字符"},
	{"variation selector", "含有字形变体符"},
	{"blank letter", "含有空白字符"},
	{"more than 2 combining", "含有过多的组合符号"},
	{"is not in Unicode", "文字不是规范的 Unicode 写法（NFC）"},
	{"looks like an identity", "像身份证号：个人信息不能上屏"},
	{"looks like a mobile", "像手机号：个人信息不能上屏"},
	{"looks like a bank", "像银行卡号：个人信息不能上屏"},
	{"no font here", "有字库里没有的字"},
};

void reason_translate(const char *rule, char *out, size_t room)
{
	long long has, most;
	if (sscanf(rule, "has %lld characters, at most %lld", &has, &most) == 2 &&
		strstr(rule, "characters")) {
		(void)snprintf(out, room, "有 %lld 个字，最多 %lld 个", has, most);
		return;
	}
	if (sscanf(rule, "has %lld lines, at most %lld", &has, &most) == 2) {
		(void)snprintf(out, room, "有 %lld 行，最多 %lld 行", has, most);
		return;
	}
	if (sscanf(rule, "has %lld items", &has) == 1) {
		(void)snprintf(out, room, "有 %lld 项，超出允许的数目", has);
		return;
	}
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strncmp(rule, known[i].begins, strlen(known[i].begins)) == 0) {
			(void)snprintf(out, room, "%s", known[i].says);
			return;
		}
	}
	(void)snprintf(out, room, "%s", rule);
}
