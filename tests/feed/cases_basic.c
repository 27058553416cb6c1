/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

static const struct feed_case basic[] = {
	{"a first look takes trust, head, manifest and content",
		"manifest; head; look 0 'version 1 taken'; have version=1 seq=1 trust=1 head=yes"},
	{"a second look takes nothing and is well", SHOWN "look 0; have version=1 seq=1"},
	{"a new version is taken, the last one kept",
		SHOWN "manifest; head; look 0; have version=2 seq=2 previous=1"},
	{"ten versions, one after another", SHOWN
		"times 9 manifest; head; look 0; have version=10; times 3 manifest; head seq=900; look 0; "
		"have version=13 previous=10"},
	{"a version and its pictures", "manifest media=a.png:one,b.png:two; head; look 0; have version=1"},
	{"a picture that two versions share is not fetched again",
		"manifest media=a.png:one; head; look 0; manifest media=a.png:one; drop feed/objects/{m0}; "
		"head; look 0; have version=2"},
	{"a head anew for the same version", SHOWN "head; look 0; have version=1 seq=2"},
	{"seq and version may leave numbers out",
		SHOWN "manifest v=7; head seq=70; look 0; have version=7 seq=70"},
	{"unknown fields of bodies are passed over",
		"trust edit='{\"feed\"|{\"x\": [1], \"feed\"'; manifest edit='{\"feed\"|{\"x\": {}, "
		"\"feed\"'; "
		"head edit='{\"feed\"|{\"x\": null, \"feed\"'; look 0; have version=1"},
	{"unknown fields of envelopes are passed over",
		"manifest; head; swap feed/head.json '{\"payloadType\"|{\"x\": 1, \"payloadType\"'; look 0"},
	{"the bytes of the head are kept as they came",
		"manifest; head; swap feed/head.json '{\"payloadType\"|{  \"payloadType\"'; look 0; have "
		"head=yes; "
		"look 0; have seq=1"},
	{"the real kiosk tries a sound document",
		"manifest content=sound; head; look 0 kiosk=real; have version=1"},
	{"the real kiosk refuses what is no document", "manifest; head; look 4 'version 1 refused: trial: ' "
						       "kiosk=real; have version=0 refused=1 seq=1"},
	{"the kiosk itself verifies: a rotated publisher's version is tried by the newest trust",
		"trust; trust publisher=d; manifest content=sound; head; look 0 kiosk=real; have version=1"},
	{"no head", SHOWN "drop feed/head.json; look 3 'head.json: not there'"},
	{"no manifest",
		SHOWN "manifest; head; drop feed/manifests/2.json; look 3 'manifests/2.json: not there'"},
	{"no content", SHOWN
		"manifest; head; drop feed/objects/{content}; look 3 'not there'; have seq=2 version=1"},
	{"what was missing is taken when it has come",
		SHOWN "manifest; head; save feed/manifests/2.json m; drop feed/manifests/2.json; look 3; "
		      "put m feed/manifests/2.json; look 0; have version=2"},
	{"an empty feed", "look 3 'head.json: not there'; have version=0"},
	{"a version that its trial refuses", SHOWN "manifest; head; look 4 'version 2 refused' kiosk=false; "
						   "have version=1 refused=2 seq=2"},
	{"a refused version is not tried again",
		SHOWN "manifest; head; look 4 kiosk=false; look 4 'version 2 refused' kiosk=true; head; "
		      "look 4 'version 2 refused' kiosk=true; have version=1 refused=2"},
	{"another manifest of the refused number is tried",
		SHOWN "manifest; head; look 4 kiosk=false; manifest v=2 content=better; head; look 0; "
		      "have version=2 refused=0"},
	{"the version after a refused one is taken",
		SHOWN "manifest; head; look 4 kiosk=false; manifest; head; look 0; have version=3 refused=0"},
	{"a trust document that is signed by nobody sets up no screen",
		"trust by=; manifest; head; look 5 'trust.json: trust: signatures: 0 of 1'; have head=no"},
	{"a trust document that is signed by a stranger sets up no screen",
		"trust by=d; manifest; head; look 5 'signatures: 0 of 1 good root'"},
	{"a trust document that is none sets up no screen",
		"trust edit='\"policy\"|\"pol\"'; manifest; head; look 4 'policy: missing'"},
	{"a folder of another feed is left alone",
		SHOWN "trust v=1 feed=city; trust v=0; save feed/trust/1.json t; put t trust.json; look 2"},
};
CASES_GROUP(basic, basic, true);

static const struct feed_case freeze[] = {
	{"an expired head is taken, with a warning", "manifest; head expires=2026-05-30T00:00:00Z; look 0 "
						     "'head 1 has expired'; have version=1 seq=1"},
	{"an expired head is no news a second time",
		"manifest; head expires=2026-05-30T00:00:00Z; look 0; look 0; have version=1"},
	{"an expired head is shown as old",
		"manifest; head expires=2026-05-30T00:00:00Z; look 0; have stale=yes"},
	{"an expired manifest is taken, and shown as old",
		"manifest expires=2026-05-30T00:00:00Z; head; look 0; have version=1 stale=yes"},
	{"nothing expired is not shown as old", "manifest; head; look 0; have stale=no"},
	{"a head that is not signed anew grows old",
		"manifest; head expires=2026-06-08T12:00:00+08:00; look 0; have stale=no; "
		"look 0 at=2026-06-08T11:59:00+08:00; have stale=no at=2026-06-08T12:00:00+08:00; "
		"look 0 at=2026-06-08T12:01:00+08:00; have version=1 stale=yes at=2026-06-08T12:01:00+08:00"},
	{"a new head ends it", "manifest; head expires=2026-05-30T00:00:00Z; look 0; head "
			       "expires=2026-06-30T00:00:00Z; look 0; "
			       "have seq=2 stale=no"},
	{"a new version ends that of a manifest", "manifest expires=2026-05-30T00:00:00Z; head; look 0; "
						  "manifest expires=2027-01-01T00:00:00Z; head; "
						  "look 0; have version=2 stale=no"},
	{"an expired trust document stops nothing, and nothing is old",
		"trust expires=2020-01-01T00:00:00Z; manifest; head; look 0; have version=1 stale=no"},
	{"an expired trust document can be followed by the next",
		"trust expires=2020-01-01T00:00:00Z; trust expires=2030-01-01T00:00:00Z; manifest; head; "
		"look 0; "
		"have trust=2 version=1"},
	{"an expired trust document can follow",
		SHOWN "trust expires=2020-01-01T00:00:00Z; head; look 0; have trust=2 seq=2"},
	{"an expired rollback is a rollback",
		SHOWN "head seq=3; look 0; head seq=2 expires=2026-05-30T00:00:00Z; look 6 rollback"},
	{"a head from the day after tomorrow is refused",
		SHOWN "head issued=2026-06-03T12:00:00+08:00; look 5 'issued in the future'; have seq=1"},
	{"a head from later today is taken",
		SHOWN "head issued=2026-06-02T11:00:00+08:00; look 0; have seq=2"},
	{"a manifest from the day after tomorrow is refused",
		SHOWN "manifest issued=2026-06-03T12:00:00+08:00; head; look 5 'issued in the future'; "
		      "have version=1"},
	{"a head raises the floor under the clock",
		"manifest; head issued=2026-05-31T00:00:00Z; look 0; have floor=1780185600"},
	{"the floor under the clock is the latest that was issued",
		"manifest issued=2026-05-31T00:00:00Z; head issued=2026-05-30T00:00:00Z; look 0; "
		"have floor=1780185600; manifest issued=2026-05-20T00:00:00Z; head "
		"issued=2026-05-20T00:00:00Z; "
		"look 0; have version=2 floor=1780185600"},
};
CASES_GROUP(freeze, freeze, false);
