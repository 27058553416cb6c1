/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

/* Shown: version 2 by head 3, of trust 1; head 2 and what it named are spares. */
#define SHOWN_3                                                                                              \
	SHOWN "manifest; head; save feed/head.json h2; head; save feed/head.json h3; look 0; have seq=3; "

static const struct feed_case rollback[] = {
	{"an older head",
		SHOWN_3 "put h2 feed/head.json; look 6 'rollback: seq 2 after 3'; have seq=3 version=2"},
	{"an older head, signed anew", SHOWN_3 "head seq=2; look 6 'rollback: seq 2 after 3'; have seq=3"},
	{"an older head after many restarts", SHOWN_3 "look 0; look 0; put h2 feed/head.json; look 6 "
						      "rollback; look 6 rollback; put h3 feed/head.json; "
						      "look 0; have seq=3"},
	{"an older version by a newer head",
		SHOWN_3 "manifest v=1; head; look 6 'rollback: version 1 after 2'"},
	{"an older version, seen after a restart", SHOWN_3
		"look 0; manifest v=1 content=old; head; look 6 'rollback: version'; have version=2 seq=3"},
	{"a refused rollback lowers nothing", SHOWN_3 "head seq=2; look 6; head seq=3 mode=hold; look 6 "
						      "equivocation; put h3 feed/head.json; look 0"},
	{"two heads with one seq",
		SHOWN "head seq=1 mode=hold; look 6 'equivocation: two heads'; have mode=show"},
	{"two heads with one seq, of which one adds an alert",
		SHOWN "head seq=1 alerts=fire; look 6 'equivocation: two heads'; have alerts="},
	{"the same head with another signature is another head",
		"trust head=C; manifest; head; look 0; head seq=1; look 6 'equivocation: two heads'"},
	{"the same head again is well", SHOWN "look 0; head seq=1; look 0"},
	{"two manifests of one version",
		SHOWN "manifest v=1 content=other; head; look 6 'two manifests of version 1'; "
		      "have version=1 seq=1"},
	{"two manifests of one version, of which one was never taken",
		SHOWN "manifest; head; drop feed/manifests/2.json; look 3; manifest v=2 content=other; head; "
		      "look 0; "
		      "have version=2"},
	{"the same version again by a newer head", SHOWN "head; look 0; have version=1 seq=2"},
	{"the record deleted: an older version", SHOWN_3 "drop state/state.sqlite; manifest v=1; head; "
							 "look 6 'rollback: version 1 after 2'"},
	{"the record deleted: the same is taken again",
		SHOWN_3 "drop state/state.sqlite; look 0 'record lost'; have version=2 seq=3"},
	{"the record deleted: the next is taken",
		SHOWN_3 "drop state/state.sqlite; manifest; head; look 0; have version=3"},
	{"the record deleted: another manifest of the kept version",
		SHOWN_3 "drop state/state.sqlite; manifest v=2 content=other; head; look 6 'two manifests'"},
	{"the record deleted: a version far ahead",
		SHOWN_3 "drop state/state.sqlite; manifest v=10003; head; look 6 'jumps from 2'"},
	{"the record damaged: an older version", SHOWN_3
		"write state/state.sqlite garbage; manifest v=1; head; look 6 'rollback: version 1 after 2'"},
	{"the record damaged: the same is taken again",
		SHOWN_3 "write state/state.sqlite garbage; look 0 'is damaged'; have version=2 seq=3"},
	{"the record cut short: an older version", SHOWN_3
		"cut state/state.sqlite 4096; manifest v=1; head; look 6 'rollback: version 1 after 2'"},
	{"the record empty: an older version",
		SHOWN_3 "cut state/state.sqlite 0; manifest v=1; head; look 6 'rollback: version 1 after 2'"},
	{"the record lost, and a forged manifest beside the kept ones",
		SHOWN_3 "drop state/state.sqlite; manifest v=9 by=d; save feed/manifests/9.json m; "
			"put m state/manifests/9.json; manifest v=3; head; look 0; have version=3"},
	{"the record lost, and a kept manifest under another number", SHOWN_3
		"drop state/state.sqlite; save feed/manifests/2.json m; put m state/manifests/7.json; "
		"manifest v=3; head; look 0; have version=3"},
	{"kept trust documents lost: the same chain is fetched, and floors stay", SHOWN_3
		"trust head=d; head seq=9; look 0; have trust=2 seq=9; drop state/trust/2.json; head seq=8; "
		"look 6 'rollback: seq 8 after 9'; have seq=9"},
	{"kept trust documents lost, and the feed has them no more",
		SHOWN_3 "trust head=d; head; look 0; drop state/trust/2.json; drop feed/trust/2.json; "
			"head by=c trust=1; look 6 'trust: rollback'; have version=2"},
	{"a trust document was kept, and power failed before the record", SHOWN_3
		"head seq=900; look 0; trust head=d; save feed/trust/2.json t; put t state/trust/2.json; "
		"head seq=4; look 0; have trust=2 seq=4"},
};
CASES_GROUP(rollback, rollback, true);

static const struct feed_case forward[] = {
	{"10,000 ahead is taken", SHOWN "manifest v=10001; head; look 0; have version=10001"},
	{"10,001 ahead is refused",
		SHOWN "manifest v=10002; head; look 6 'version jumps from 1 to 10002'; have version=1 seq=1"},
	{"the last number of all is refused", SHOWN "manifest v=9007199254740991; head; look 6 jumps"},
	{"beyond the last number",
		SHOWN "manifest v=9007199254740992; head; look 4 'version: '; have version=1"},
	{"a first look takes any version", "manifest v=5000000; head; look 0; have version=5000000"},
	{"a jump is refused although the version before it was skipped",
		SHOWN "manifest v=9000; head; drop feed/manifests/9000.json; look 3; manifest v=18000; head; "
		      "look 6 'jumps from 1 to 18000'"},
	{"seq may jump as far as it likes",
		SHOWN "head seq=9007199254740000; look 0; have seq=9007199254740000"},
	{"seq beyond what numbers hold", SHOWN "head seq=9007199254740993; look 4 'seq: '; have seq=1"},
	{"seq of nothing", SHOWN "head seq=0; look 4 'seq: 0 is not within'; have seq=1"},
	{"a stolen head key counted far ahead: without new keys no return",
		SHOWN "head seq=9007199254740000; look 0; head seq=2; look 6 rollback; trust; head seq=3; "
		      "look 6 rollback; have trust=2"},
	{"a stolen head key counted far ahead: new head keys return", SHOWN
		"head seq=9007199254740000; look 0; trust head=d; head seq=2; look 0; have trust=2 seq=2"},
	{"new head keys do not lower the version", SHOWN
		"manifest; head; look 0; trust head=d; manifest v=1; head seq=1; look 6 'rollback: version'; "
		"have trust=2 version=2"},
	{"a stolen publisher's key counted ahead: new publishers return",
		SHOWN "manifest v=10000; head; look 0; trust publisher=d; manifest v=2; head; look 0; "
		      "have trust=2 version=2"},
	{"a stolen publisher's key counted ahead: without new keys no return", SHOWN
		"manifest v=10000; head; look 0; trust; manifest v=2; head; look 6 'rollback: version'"},
	{"new publishers do not lower seq", SHOWN
		"head seq=9; look 0; trust publisher=d; manifest v=1; head seq=8; look 6 'rollback: seq'"},
	{"a new root lowers nothing", SHOWN "manifest; head seq=9; look 0; trust root=d; manifest v=1; head "
					    "seq=10; look 6 'rollback: version'; "
					    "head seq=8; look 6 'rollback: seq'"},
	{"one of two head keys exchanged returns", "trust head=cd; manifest; head seq=900; look 0; trust "
						   "head=ce; head seq=5 by=c; look 0; have seq=5"},
	{"the same keys in another order lower nothing",
		"trust head=cd; manifest; head seq=900; look 0; trust head=dc; head seq=5; look 6 rollback"},
	{"after the return, floors hold again", SHOWN "head seq=900; look 0; trust head=d; head seq=5; look "
						      "0; head seq=4; look 6 rollback; have seq=5"},
	{"after the return, the stolen key's head is refused",
		SHOWN "head seq=900; save feed/head.json h; look 0; trust head=d; head seq=5; look 0; "
		      "put h feed/head.json; look 5; have seq=5"},
	{"the keys were exchanged and exchanged back: floors are forgotten", SHOWN
		"head seq=900; look 0; trust head=d; trust head=c; head seq=5; look 0; have trust=3 seq=5"},
	{"new publishers: a refused number may come again",
		SHOWN "manifest; head; look 4 kiosk=false; trust publisher=d; manifest v=2; head; look 0; "
		      "have version=2"},
	{"a jump is counted from the version after the return",
		SHOWN "manifest v=9000; head; look 0; trust publisher=d; manifest v=2; head; look 0; "
		      "manifest v=10003; "
		      "head; look 6 'jumps from 2'"},
};
CASES_GROUP(forward, forward, false);
