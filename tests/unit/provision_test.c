/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi.conf as editors and input methods leave it: what is forgiven, and what is refused and how. */
#include "kiosk/provision_read.h"

#include <stdio.h>

#include "sentences.h"

#define DIGITS "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TRUST "trust = " DIGITS "\n"
#define FEED "feed = https://a.cn/feed/\n"
#define PIN "sha256:" DIGITS

static const struct right_row {
	const char *says, *text;
	const char *feed, *hub, *screen, *rotate;
} right_rows[] = {
	{"the plain way", FEED TRUST "screen = hall\nrotate = 90\n", "https://a.cn/feed/", "", "hall", "90"},
	{"a hub alone has its feed where hubs have it", "hub = https://a.cn/\n" TRUST, "https://a.cn/feed/",
		"https://a.cn", "", ""},
	{"a hub beside another feed", "hub=https://h.cn\n" FEED TRUST, "https://a.cn/feed/", "https://h.cn", "", ""},
	{"a byte order mark", "\xef\xbb\xbf" FEED TRUST, "https://a.cn/feed/", "", "", ""},
	{"line ends of Windows", "feed = https://a.cn/feed/\r\ntrust = " DIGITS "\r\nscreen = hall\r\n",
		"https://a.cn/feed/", "", "hall", ""},
	{"line ends of an old Macintosh", "feed = https://a.cn/feed/\rtrust = " DIGITS "\rscreen = hall",
		"https://a.cn/feed/", "", "hall", ""},
	{"no line end at all after the last line", TRUST "feed = https://a.cn/feed/", "https://a.cn/feed/", "", "", ""},
	{"full-width equals signs and spaces", "feed　＝　https://a.cn/feed/　\n" TRUST "screen＝hall\n",
		"https://a.cn/feed/", "", "hall", ""},
	{"a full-width address", "feed = ｈｔｔｐｓ：／／ａ．ｃｎ／ｆｅｅｄ／\n" TRUST, "https://a.cn/feed/", "", "", ""},
	{"quotes of any kind", "feed = “https://a.cn/feed/”\n" TRUST "screen = 「hall」\nrotate = \"90\"\n",
		"https://a.cn/feed/", "", "hall", "90"},
	{"a colon for the equals sign", "screen： hall\n" FEED TRUST, "https://a.cn/feed/", "", "hall", ""},
	{"comments in Chinese, before and behind", "# 坊子区政务大厅\n＃ 全角井号\n; 分号\n" FEED "screen = hall # 大厅\n" TRUST,
		"https://a.cn/feed/", "", "hall", ""},
	{"a comment in GBK", "# \xb7\xbb\xd7\xd3\xc7\xf8\n" FEED "screen = hall # \xb4\xf3\xcc\xfc\n" TRUST,
		"https://a.cn/feed/", "", "hall", ""},
	{"marks that nobody sees", "screen = \xe2\x80\x8bhall\xe2\x80\x8b\n" FEED TRUST, "https://a.cn/feed/", "", "hall", ""},
	{"capitals", "FEED = HTTPS://a.cn/feed/\n" TRUST "Screen = Hall\n", "https://a.cn/feed/", "", "hall", ""},
	{"other words for the same", "tag = hall\nrotation = 270度\n" FEED TRUST, "https://a.cn/feed/", "", "hall", "270"},
	{"a heading, empty lines and tabs", "[fangzi]\n\n\tscreen\t=\thall\t\n \n" FEED TRUST, "https://a.cn/feed/", "",
		"hall", ""},
};

static void check_right(void **state)
{
	const struct right_row *row = *state;
	struct provision p;
	struct provision_problem why;
	if (!provision_read(&p, row->text, strlen(row->text), &why))
		fail_msg("line %d: %s", why.line, why.en);
	assert_string_equal(p.feed, row->feed);
	assert_string_equal(p.hub, row->hub);
	assert_string_equal(p.screen, row->screen);
	assert_string_equal(p.rotate, row->rotate);
	assert_string_equal(p.trust, PIN);
}

static const struct trust_row {
	const char *says, *text, *is;
} trust_rows[] = {
	{"a fingerprint in groups of four",
		"0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef", PIN},
	{"with colons and in capitals",
		"SHA256:0123456789ABCDEF:0123456789ABCDEF:0123456789ABCDEF:0123456789ABCDEF", PIN},
	{"with dashes that a word processor made long",
		"0123456789abcdef–0123456789abcdef–0123456789abcdef–0123456789abcdef", PIN},
	{"in full-width digits",
		"０１２３456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", PIN},
	{"a document that was brought", "/boot/firmware/trust-1.json", "/boot/firmware/trust-1.json"},
};

static void check_trust(void **state)
{
	const struct trust_row *row = *state;
	char text[512];
	struct provision p;
	struct provision_problem why;
	(void)snprintf(text, sizeof text, FEED "trust = %s\n", row->text);
	assert_true(provision_read(&p, text, strlen(text), &why));
	assert_string_equal(p.trust, row->is);
}

static const struct wrong_row {
	const char *says, *text;
	int line;
	const char *zh, *en;
} wrong_rows[] = {
	{"a name that nobody knows", FEED TRUST "wifi = x\n", 3, "不认识“wifi”", "'wifi' is none of feed, hub"},
	{"no equals sign", FEED "screen hall\n" TRUST, 2, "应写成", "name = value"},
	{"a Chinese name", "屏幕 = hall\n" FEED TRUST, 1, "应写成", "name = value"},
	{"no value", "screen =\n" FEED TRUST, 1, "“screen”后面没有值", "'screen' has no value"},
	{"the same twice", FEED TRUST "\nfeed = https://b.cn/\n", 4, "“feed”写了两次", "'feed' stands twice"},
	{"half a pair of quotes", "screen = “hall\n" FEED TRUST, 1, "引号不成对", "quotation mark"},
	{"an address without its beginning", "feed = a.cn/feed\n" TRUST, 1, "“a.cn/feed”不是网址", "not an address"},
	{"an address in Chinese", "feed = https://坊子.cn/\n" TRUST, 1, "不是网址", "not an address"},
	{"an address with a dollar", "feed = https://a.cn/$HOME\n" TRUST, 1, "不是网址", "not an address"},
	{"a fingerprint of 63 digits", FEED "trust = 123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", 2,
		"64 位", "64 digits"},
	{"a fingerprint with an o for a nought", FEED "trust = o123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
		2, "64 位", "64 digits"},
	{"a fingerprint that is too long", FEED "trust = " DIGITS "0\n", 2, "64 位", "64 digits"},
	{"a tag of words", "screen = 一楼大厅\n" FEED TRUST, 1, "只能用字母", "letters, digits"},
	{"a rotation by a little", "rotate = 45\n" FEED TRUST, 1, "只能是 0、90、180 或 270", "0, 90, 180, 270"},
	{"no trust", FEED, 0, "缺少 trust", "trust is missing"},
	{"no feed and no hub", TRUST, 0, "缺少 hub", "hub (or feed) is missing"},
	{"nothing", "", 0, "缺少 hub", "is missing"},
	{"a value in GBK", "screen = \xb4\xf3\n" FEED TRUST, 1, "UTF-8", "UTF-8"},
	{"UTF-16", "\xff\xfe" "f", 0, "UTF-16", "UTF-16"},
};

static void check_wrong(void **state)
{
	const struct wrong_row *row = *state;
	struct provision p;
	struct provision_problem why;
	assert_false(provision_read(&p, row->text, strlen(row->text), &why));
	if (why.line != row->line || !strstr(why.zh, row->zh) || !strstr(why.en, row->en))
		fail_msg("line %d: %s: %s", why.line, why.zh, why.en);
}

static void a_file_of_noughts_is_damaged(void **state)
{
	struct provision p;
	struct provision_problem why;
	(void)state;
	assert_false(provision_read(&p, "\0\0\0\0", 4, &why));
	assert_non_null(strstr(why.en, "damaged"));
}

/* Half a character would make a settings file that the screen refuses. */
static void a_long_word_is_told_in_whole_characters(void **state)
{
	struct provision p;
	struct provision_problem why;
	struct buf text = {0};
	(void)state;
	buf_text(&text, TRUST "feed = a");
	for (int i = 0; i < 200; i++)
		buf_text(&text, "坊");
	assert_false(provision_read(&p, text.data, text.len, &why));
	const char *at = strstr(why.zh, "“a"), *end = strstr(why.zh, "”");
	assert_true(at && end && (end - at - 4) % 3 == 0 && end - at < 70);
	buf_finish(&text);
}

static void what_is_quoted_stays_one_word(void **state)
{
	struct buf out = {0};
	(void)state;
	provision_quote(&out, "坊子\"${HOME}\\\n");
	assert_string_equal(out.data, "\"坊子??{HOME}??\"");
	buf_finish(&out);
}

int main(void)
{
	struct sentences s = {0};
	SENTENCES_ROWS(&s, right_rows, check_right);
	SENTENCES_ROWS(&s, trust_rows, check_trust);
	SENTENCES_ROWS(&s, wrong_rows, check_wrong);
	sentences_add(&s, "a file of noughts, as a power cut leaves it, is damaged", a_file_of_noughts_is_damaged, NULL);
	sentences_add(&s, "a long word is told in whole characters", a_long_word_is_told_in_whole_characters, NULL);
	sentences_add(&s, "what is quoted stays one word", what_is_quoted_stays_one_word, NULL);
	return sentences_run(&s, "provision");
}
