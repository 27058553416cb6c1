/* SPDX-License-Identifier: Apache-2.0
 *
 * Initials of names: by the rows of GB/T 2312, and what is found by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "content/initials.h"

static void is(const char *name, const char *wanted)
{
	char have[INITIALS_MAX];
	initials_of(name, have);
	assert_string_equal(have, wanted);
}

static void characters_have_the_letter_of_their_pinyin(void **state)
{
	(void)state;
	is("坊茨小镇", "FCXZ");
	is("潍柴智能制造", "WCZNZZ");
	is("齿轮箱机械铸造", "CLXJXZZ");
	is("啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝座", "ABCDEFGHJKLMNOPQRSTWXYZZ");
}

static void letters_and_digits_are_themselves_and_marks_nothing(void **state)
{
	(void)state;
	is("5G智慧（二期）· abc-01", "5GZHEQABC01");
	is("", "");
	is("，。", "");
}

static void what_has_no_certain_letter_takes_any(void **state)
{
	(void)state;
	is("重庆路", "*QL"); /* of two readings */
	is("滹沱", "**"); /* of the second level, ordered by strokes */
	is("\xf0\xa0\xae\xb7", "*"); /* of none */
}

static void a_long_name_is_cut(void **state)
{
	char name[600] = "", have[INITIALS_MAX];
	(void)state;
	for (size_t i = 0; i + 3 < sizeof name; i += 3)
		memcpy(name + i, "坊", 4);
	initials_of(name, have);
	assert_int_equal(strlen(have), INITIALS_MAX - 1);
}

static void a_part_is_found_from_any_character_on(void **state)
{
	(void)state;
	assert_true(initials_have("FCXZ", "FCXZ"));
	assert_true(initials_have("FCXZ", "XZ"));
	assert_true(initials_have("*QL", "CQ"));
	assert_true(initials_have("*QL", "ZQL"));
	assert_false(initials_have("FCXZ", "FX"));
	assert_false(initials_have("FCXZ", "XZF"));
	assert_false(initials_have("FCXZ", ""));
	assert_false(initials_have("", "F"));
	assert_false(initials_have("*", "AB"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_have_the_letter_of_their_pinyin),
		cmocka_unit_test(letters_and_digits_are_themselves_and_marks_nothing),
		cmocka_unit_test(what_has_no_certain_letter_takes_any),
		cmocka_unit_test(a_long_name_is_cut),
		cmocka_unit_test(a_part_is_found_from_any_character_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
