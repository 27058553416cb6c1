/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/hub.h"

#include <string.h>

bool hub_is_secure(const struct hub *h)
{
	return h->origin && strncmp(h->origin, "https://", 8) == 0;
}
