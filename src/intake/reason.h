/* reason.h - what the content check says, in the words of those who fill in sheets. */
#ifndef REASON_H
#define REASON_H

#include <stddef.h>

/* A rule of check.h in Chinese; one that is not known comes as it is. */
void reason_translate(const char *rule, char *out, size_t room);

#endif
