/* words.h - what a text may not contain, before it can reach a screen.
 *
 * Control characters, bidirectional and invisible ones, tags, private use and
 * noncharacters (they hide or reorder what is read: Unicode TR 36 and 39),
 * text that is not NFC, piles of combining marks; numbers that name a person:
 * identity (18 or 15 digits), mobile telephone (11), bank card (16 to 19). */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct words_rule {
	int max_chars, max_lines;
	/* NULL, or: the shipped fonts have this character. */
	bool (*is_drawable)(void *user, uint32_t point);
	void *user;
};

/* True when fine; else why says the rule that is broken. */
bool words_check(const char *text, const struct words_rule *rule, char *why, size_t room);

/* A character that shows as itself: what others hide or reorder must not be quoted. */
bool words_may_show(uint32_t point);

#endif
