/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a calendar, and as a CSV file of a programme. */
#include "office.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	try_file(bytes, len, "programme", "a.ics", "\"target\": \"fair\", \"year\": 2023");
	try_file(bytes, len, "programme", "a.csv", "\"target\": \"fair\", \"year\": 2023");
	return 0;
}
