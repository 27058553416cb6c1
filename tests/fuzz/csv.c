/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a CSV file of projects, and of indicators. */
#include "office.h"

#define ORIGIN "\"source\": \"office\", \"as_of\": \"2023-06\", \"year\": 2023"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	try_file(bytes, len, "projects", "a.csv", ORIGIN);
	try_file(bytes, len, "indicators", "a.csv", ORIGIN);
	try_file(bytes, len, "standings", "a.csv", "\"target\": \"tax\"");
	return 0;
}
