/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#define OTHER "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct feed_case object[] = {
	{"other content under its name",
		SHOWN "manifest; head; swap feed/objects/{content} 'version 2|version 9'; "
		      "look 5 'bytes are not what the name says'; have version=1"},
	{"content of version 1 under the name of version 2's",
		SHOWN "save feed/objects/{content} c; manifest; head; put c feed/objects/{content}; look 5"},
	{"content cut short",
		SHOWN "manifest; head; cut feed/objects/{content} 5; look 3 'ended after 5 of'"},
	{"empty content", SHOWN "manifest; head; cut feed/objects/{content} 0; look 3 'ended after 0 of'"},
	{"content with more behind it",
		SHOWN "manifest; head; grow feed/objects/{content} more; look 4 'longer than it may be'"},
	{"what was too long is no reason to refuse the version for good", SHOWN
		"manifest; head; save feed/objects/{content} c; grow feed/objects/{content} more; look 4; "
		"have refused=0; put c feed/objects/{content}; look 0; have version=2"},
	{"a manifest that was too long is no reason either",
		SHOWN "manifest; head; save feed/manifests/2.json m; grow feed/manifests/2.json ' '; look 4; "
		      "have refused=0; put m feed/manifests/2.json; look 0; have version=2"},
	{"what had wrong bytes is taken when they are right", SHOWN
		"manifest; head; save feed/objects/{content} c; flip feed/objects/{content} 77; look 5; "
		"have refused=0; put c feed/objects/{content}; look 0; have version=2"},
	{"a manifest that says its content is shorter",
		SHOWN "manifest size=-1; head; look 4 'longer than it may be'"},
	{"a manifest that says its content is longer", SHOWN "manifest size=+1; head; look 3 'ended after'"},
	{"a manifest that says its content is empty", SHOWN "manifest size=0; head; look 4; have version=1"},
	{"content that is longer than any may be",
		SHOWN "manifest size=16777217; head; look 4 'size: 16777217'"},
	{"content of negative size", SHOWN "manifest size=-99999; head; look 4 'size: -'; have version=1"},
	{"a manifest that names another hash", SHOWN "manifest sha=" OTHER "; head; look 3 'not there'"},
	{"a hash that is no hash",
		SHOWN "manifest sha=../../head.json; head; look 4 'sha256: '; have version=1"},
	{"a hash in capitals",
		SHOWN "manifest edit='\"sha256\": \"|\"sha256\": \"F'; head; look 4 'sha256: '"},
	{"a picture's other bytes",
		SHOWN "manifest media=a.png:one,b.png:two; head; swap feed/objects/{m1} 'two|six'; "
		      "look 5 'b.png: objects/'; have version=1"},
	{"a picture cut short",
		SHOWN "manifest media=a.png:one; head; cut feed/objects/{m0} 1; look 3 'a.png: '"},
	{"a picture with more behind it",
		SHOWN "manifest media=a.png:one; head; grow feed/objects/{m0} more; look 4 'a.png: '"},
	{"a picture that is missing",
		SHOWN "manifest media=a.png:one; head; drop feed/objects/{m0}; look 3 'a.png: '"},
	{"two pictures exchanged",
		SHOWN "manifest media=a.png:one,b.png:two; head; save feed/objects/{m0} a; "
		      "save feed/objects/{m1} b; put a feed/objects/{m1}; put b feed/objects/{m0}; look 5 "
		      "'a.png: '"},
	{"all or nothing: the last picture is missing", SHOWN
		"manifest media=a.png:one,b.png:two; head; drop feed/objects/{m1}; look 3; have version=1; "
		"look 3; have version=1 seq=2"},
	{"an object that nothing names is not fetched",
		SHOWN "write feed/objects/" OTHER " evil; manifest; head; look 0; have version=2; "
		      "drop feed/objects/" OTHER},
	{"a manifest that the head does not name is not looked at",
		SHOWN "manifest; manifest at=4 v=4 by=d; manifest v=2; head; look 0; have version=2"},
	{"other bytes of the manifest, well signed", SHOWN
		"manifest; head; manifest v=2 content=other; look 5 'bytes are not what the head names'"},
	{"the manifest of another version, well signed",
		SHOWN "manifest; save feed/manifests/2.json m; manifest; head; put m feed/manifests/3.json; "
		      "look 5"},
	{"a manifest that says another version than its head", SHOWN
		"manifest v=3 at=2; head v=2; look 5 'version: is 3, the head names 2'; have version=1"},
	{"a head with another hash of the manifest",
		SHOWN "manifest; head sha=" OTHER "; look 5 'bytes are not'"},
	{"a head that says the manifest is shorter",
		SHOWN "manifest; head size=-1; look 4 'longer than it may be'"},
	{"a head that says the manifest is longer",
		SHOWN "manifest; head size=+1; look 5 'bytes are not what the head names'; have version=1"},
	{"a manifest of size nothing", SHOWN "manifest; head size=-99999; look 4 'manifest: size'"},
	{"a manifest that is longer than any may be",
		SHOWN "manifest; head size=1048577; look 4 'manifest: size'"},
	{"a part that is right is gone on with",
		SHOWN "manifest content=abcdefgh; head; write state/objects/{content}.part abcd; look 0; "
		      "have version=2"},
	{"a part that is whole is kept",
		SHOWN "manifest content=abcdefgh; head; drop feed/objects/{content}; "
		      "write state/objects/{content}.part abcdefgh; look 0; have version=2"},
	{"a part with other bytes ends, and the object is fetched anew",
		SHOWN "manifest content=abcdefgh; head; write state/objects/{content}.part XXXX; "
		      "look 0; have version=2"},
	{"a whole part with other bytes ends, and the object is fetched anew",
		SHOWN "manifest content=abcdefgh; head; write state/objects/{content}.part XXXXXXXX; look 0; "
		      "have version=2"},
	{"a part that is longer than the object begins anew", SHOWN
		"manifest content=abcdefgh; head; write state/objects/{content}.part abcdefghij; look 0"},
	{"a picture's part with other bytes", SHOWN "manifest media=a.png:abcdefgh; head; write "
						    "state/objects/{m0}.part abXX; look 0"},
	{"the content changes ten times under one name", SHOWN
		"manifest content=abcdefgh; head; sample feed/objects/{content} 10; look 0; have version=2"},
};
CASES_GROUP(object, object, true);

static const struct feed_case name[] = {
	{"a name that goes up",
		SHOWN "manifest media=../../a.png:one; head; look 4 'name: '; have version=1"},
	{"a name that is the root's", SHOWN "manifest media=/etc/passwd:one; head; look 4 'name: '"},
	{"a name that is a folder", SHOWN "manifest media=.:one; head; look 4 'name: '"},
	{"a name that is the folder above", SHOWN "manifest media=..:one; head; look 4 'name: '"},
	{"no name", SHOWN "manifest media=:one; head; look 4 'name: '; have version=1"},
	{"a name with a blank", SHOWN "manifest media='a b.png:one'; head; look 4 'name: '"},
	{"a name with a question mark", SHOWN "manifest media=a?.png:one; head; look 4 'name: '"},
	{"a name with a hash sign", SHOWN "manifest media=a#.png:one; head; look 4 'name: '"},
	{"a name with percent signs", SHOWN "manifest media=%2e%2e%2f:one; head; look 4 'name: '"},
	{"a name with a backslash",
		SHOWN "manifest media=a.png:one edit='a.png|a\\\\b'; head; look 4 'name: '"},
	{"a name with a NUL",
		SHOWN "manifest media=a.png:one edit='a.png|a\\u0000b'; head; look 4; have version=1"},
	{"a name in Han", SHOWN "manifest media=图.png:one; head; look 4 'name: '; have version=1"},
	{"a name of dots and more", SHOWN "manifest media=...:one,-a_B.9:two; head; look 0; have version=2"},
	{"a name twice",
		SHOWN "manifest media=a.png:one,a.png:two; head; look 4 'stands twice'; have version=1"},
	{"two names for one object",
		SHOWN "manifest media=a.png:one,b.png:one; head; look 0; have version=2"},
	{"128 letters",
		SHOWN "manifest media=a.png:one edit='a.png|"
		      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "'; head; look 0"},
	{"129 letters",
		SHOWN "manifest media=a.png:one edit='a.png|"
		      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "'; head; look 4 'name: '"},
	{"an object's size below nothing",
		SHOWN "manifest media=a.png:one edit='\"size\": 3|\"size\": -3'; head; look 4 'size: -3'"},
	{"an object that is larger than any may be",
		SHOWN "manifest media=a.png:one edit='\"size\": 3|\"size\": 268435457'; head; look 4 'size: "
		      "268435457'"},
	{"an object's hash that is a path", SHOWN
		"manifest media=a.png:one edit='{m0}|../../../../../../etc/passwd'; head; look 4 'sha256: '"},
	{"a picture of no width",
		SHOWN "manifest media=a.png:one edit='\"type\"|\"width\": 0, \"type\"'; head; look 4"},
	{"a feed's name that is a path",
		SHOWN "trust feed=../town; look 4 'is not a feed name'; have trust=1"},
	{"media that is no list",
		SHOWN "manifest edit='\"media\": []|\"media\": {}'; head; look 4 'must be a list'"},
	{"a version of nothing", SHOWN "manifest v=0 at=2; head v=2; look 4 'version: 0'; have version=1"},
};
CASES_GROUP(name, name, false);

static const struct feed_case damage[] = {
	{"all of the state lost: filled again",
		SHOWN "manifest media=a.png:one; head; look 0; drop state; look 0; have version=2 seq=2"},
	{"a kept picture damaged: fetched anew for the next version",
		"manifest media=a.png:one; head; look 0; write state/objects/{m0} two; manifest "
		"media=a.png:one; head; "
		"look 0; have version=2; save state/objects/{m0} m; put m "
		"feed/objects/{m0}; "
		"drop state; look 0; have version=2"},
	{"a kept picture damaged, and the feed has it no more",
		"manifest media=a.png:one; head; look 0; write state/objects/{m0} two; manifest "
		"media=a.png:one; head; "
		"drop feed/objects/{m0}; look 3 'a.png: '; have version=1"},
	{"kept content lost: fetched again", SHOWN "drop state/objects/{content}; look 0; drop "
						   "state/objects/{content}; head; look 0; have version=1; "
						   "drop state/objects/{content}"},
	{"the kept manifest lost: fetched again",
		SHOWN "drop state/manifests/1.json; look 0; drop state/manifests/1.json"},
	{"the kept manifest forged: fetched again",
		SHOWN "write state/manifests/1.json forged; look 0; save state/manifests/1.json m; "
		      "put m feed/manifests/1.json; drop state; look 0; have version=1"},
	{"what is kept is not fetched again", SHOWN
		"drop feed/objects/{content}; drop feed/manifests/1.json; look 0; head; look 0; have seq=2"},
	{"a kept trust document forged: the chain is fetched again", SHOWN
		"trust root=d; head; look 0; write state/trust/2.json forged; look 0; have trust=2 seq=2"},
	{"a kept trust document signed by a thief: not taken",
		SHOWN "save feed/trust/1.json t; trust root=d by=d; save feed/trust/2.json x; put x "
		      "state/trust/2.json; "
		      "drop feed/trust/2.json; head trust=1; look 0; have trust=1 seq=2"},
};
CASES_GROUP(damage, damage, false);
