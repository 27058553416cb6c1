/* proof.h - which sums of proof of play the hub has not heard yet, and fit into a report. */
#ifndef PROOF_H
#define PROOF_H

#include "feed/report.h"
#include "store/plays.h"

struct proof {
	struct plays now, heard; /* as the screen counted; as the hub answered for */
	int sent[REPORT_PLAYS_MAX]; /* rows of now that are on their way */
	int sent_count;
};

/* Reads what the screen counted in the folder and puts into r what is new and fits. */
void proof_fill(struct proof *p, const char *folder, struct report *r);

/* The report was taken: its rows need not be sent again. */
void proof_taken(struct proof *p);

#endif
