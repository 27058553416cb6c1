#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Removes one check of the feed, or one fsync, at a time, builds fangzi-sync, and asks
# conformance (of the groups cut and same: power cuts, layer one): each mutant must make
# a case fail. One that none notices has survived.
#   tests/mutants.sh O [PATTERN]  with the programs of O; only mutants whose names match
#
# Those of the group same take away what something else does as well, and must survive: else
# the reason that stands beside them is wrong.
#
# A mutant is a name, the groups that should notice (tried first), a file below src/, a
# piece of it and what takes its place. Blanks in the piece match any blanks; it must
# stand in the file exactly once. A piece that is gone is an error: a check was moved, and
# its mutant must move with it. Worked on in copies of the sources, O/mutants/N.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
O=$(realpath "$1") ONLY=${2:-}
JOBS=$(nproc)
readonly O ONLY JOBS

names=() groups=() files=() pieces=() changes=()
mutant() { # NAME GROUPS FILE PIECE CHANGE
	[[ $1 == *"$ONLY"* ]] || return
	names+=("$1") groups+=("$2") files+=("src/$3") pieces+=("$4") changes+=("$5")
}

# ---- signatures, thresholds, keys --------------------------------------------------
mutant "a signature need not hold" role feed/trust.c 'if (!key_verify(' 'if (0 && !key_verify('
mutant "one signature is a threshold" threshold feed/trust.c \
	'if (have >= t->roles[role].threshold)' 'if (have >= 1)'
mutant "one key counts as often as it signs" threshold feed/trust.c ' || counted[at])' ')'
mutant "any key counts for any role" role feed/trust.c '|| !t->roles[role].has[at]' ''
mutant "one public key may stand under two ids" threshold feed/trust.c 'ok = !key_is_same(' 'ok = 1 || !key_is_same('
mutant "an id need not be the key's hash" rotation feed/trust.c 'ok = strcmp(key_id(k), id) == 0 ||' 'ok = 1 ||'
mutant "a key need not be of its type" policy feed/key.c '&& (*out)->type == type)' ')'
mutant "an EC key of any curve is SM2" policy feed/key.c \
	'if (!is_ed && EVP_PKEY_is_a(pkey, "SM2") != 1)' 'if (0)'
mutant "policy ed25519 counts SM2" policy feed/trust.c \
	'have = good[KEY_ED25519]; break;' 'have = good[KEY_ED25519] + good[KEY_SM2]; break;'
mutant "policy sm2 counts Ed25519" policy feed/trust.c \
	'have = good[KEY_SM2]; break;' 'have = good[KEY_ED25519] + good[KEY_SM2]; break;'
mutant "policy both asks one type" policy feed/trust.c \
	'good[KEY_ED25519] < good[KEY_SM2]' 'good[KEY_ED25519] > good[KEY_SM2]'
mutant "a threshold may be out of reach" rotation feed/trust.c 'return is_reachable(t, role) ||' 'return 1 ||'
mutant "a threshold may be 0" rotation feed/trust.c '"threshold", 1, ENV' '"threshold", 0, ENV'
mutant "seventeen signatures are read" threshold feed/envelope.c \
	'"signatures", ENVELOPE_SIGNATURES_MAX, &list' '"signatures", 100, &list'
mutant "the type is not looked at" role feed/envelope.c 'if (strcmp(said, type) != 0)' 'if (0)'
mutant "the type is not signed" policy feed/envelope.c \
	'buf_printf(&v->signed_bytes, "DSSEv1 %zu %s %zu ", strlen(type), type, v->body.len);' '(void)type;'
mutant "base64 has many spellings" head feed/digest.c '- alphabet) & spare[padding])' '- alphabet) & 0)'
mutant "a field may stand twice" head base/strict.c 'JSON_REJECT_DUPLICATES' '0'

# ---- trust documents -----------------------------------------------------------------
mutant "N+1 need not be signed by N" rotation feed/trust.c \
	'(!current || trust_verify(current, TRUST_ROOT, &v, e))' '(1 || !current)'
mutant "N+1 need not be signed by N+1" rotation feed/trust.c \
	'read_body(t, body, e) && trust_verify(t, TRUST_ROOT, &v, e)' 'read_body(t, body, e)'
mutant "N+1 may have any number" rotation feed/trust.c \
	'else if (t->version != current->version + 1)' 'else if (0)'
mutant "N+1 may be of another feed" rotation feed/trust.c \
	'if (strcmp(t->feed, current->feed) != 0)' 'if (0)'
mutant "any number of documents in a look" rotation sync/cycle.c \
	'if (ok && !is_last && i == TRUST_STEPS_MAX)' 'if (0)'
mutant "255 documents in a look" rotation sync/cycle.c 'i <= TRUST_STEPS_MAX; i++' 'i < TRUST_STEPS_MAX; i++'
mutant "the chain may end below what was taken" rollback sync/cycle.c \
	'return c->trust->version >= c->record.trust ||' 'return 1 ||'
mutant "a document fetched again clears floors again" rollback sync/cycle.c \
	'if (next->version > c->record.trust) {' '{'
mutant "what a power cut left is not caught up" rollback sync/cycle.c \
	'forget_floors(c, from, to);' ''
mutant "new head keys clear nothing" forward sync/cycle.c \
	'if (!trust_same_keys(from, to, TRUST_HEAD))' 'if (0)'
mutant "new publishers clear nothing" forward sync/cycle.c \
	'if (!trust_same_keys(from, to, TRUST_PUBLISHER))' 'if (0)'
mutant "any document clears seq" forward sync/cycle.c \
	'if (!trust_same_keys(from, to, TRUST_HEAD))' 'if (from != to)'
mutant "any document clears the version" forward sync/cycle.c \
	'if (!trust_same_keys(from, to, TRUST_PUBLISHER))' 'if (from != to)'
mutant "kept trust documents are believed" damage store/store.c \
	'trust_read_next(&next, t, bytes.data, bytes.len, &why);' \
	'(trust_read_next(&next, t, bytes.data, bytes.len, &why) ||
		trust_read_first(&next, bytes.data, bytes.len, &why));'
mutant "the trial gets the installed document" basic sync/take.c \
	't.trust = file_exists(trust) ? trust : c->trust_path;' 't.trust = c->trust_path;'

# ---- heads ----------------------------------------------------------------------------
mutant "a head may be another feed's" role feed/head.c 'if (ok && strcmp(h->feed, t->feed) != 0)' 'if (0)'
mutant "a head may want any document" rotation sync/cycle.c 'if (h->trust > c->trust->version)' 'if (0)'
mutant "seq may fall" rollback sync/cycle.c 'if (h->seq < r->seq)' 'if (0)'
mutant "two heads with one seq" rollback sync/cycle.c \
	'if (h->seq == r->seq && strcmp(sha256, r->head_sha256) != 0)' 'if (0)'
mutant "the version may fall" rollback sync/cycle.c 'if (h->version < r->version)' 'if (0)'
mutant "two manifests of one version" rollback sync/cycle.c \
	'if (h->version == r->version && *known &&' 'if (0 && *known &&'
mutant "two manifests of one version, the record lost" rollback sync/cycle.c \
	'*r->manifest_sha256 ? r->manifest_sha256 : c->kept_sha256' 'r->manifest_sha256'
mutant "the version may jump" forward sync/cycle.c 'if (r->version && h->version - r->version >' 'if (0 && 1 >'
mutant "the version may jump one further" forward sync/cycle.c \
	'h->version - r->version > MANIFEST_JUMP_MAX' 'h->version - r->version > MANIFEST_JUMP_MAX + 1'
mutant "a head may be from the future" freeze sync/cycle.c 'return !cycle_is_future(c, h->issued_utc_s) ||' 'return 1 ||'
mutant "an expired head is no news" freeze sync/cycle.c \
	'if (h->expires_utc_s < clock_utc_ms(&c->clock) / 1000)' 'if (0)'
mutant "an expired head is not shown as old" freeze kiosk/news.c \
	'(h->is_known && h->head.expires_utc_s < utc_s) ||' ''
mutant "an expired manifest is not shown as old" freeze kiosk/news.c \
	'|| (h->manifest_expires_utc_s && h->manifest_expires_utc_s < utc_s)' ''
mutant "a head raises no floor" freeze sync/cycle.c 'next.floor_utc_s = h->issued_utc_s;' ';'
mutant "seq is not recorded" rollback sync/cycle.c 'next.seq = h->seq;' ''
mutant "a head is recorded without its bytes" head sync/cycle.c \
	'if (!store_write_record(c->store, &next, bytes, e))' \
	'if (!store_write_record(c->store, &next, &c->head, e))'
mutant "an alert's id is any text" head feed/head.c 'if (!text || !head_is_word(text))' 'if (!text)'
mutant "a mode is any text" head feed/head.c \
	'if (strcmp(mode, "show") != 0 && strcmp(mode, "hold") != 0)' 'if (0)'
mutant "a lost record is not found again" rollback sync/cycle.c 'c->record.version = version;' ''
mutant "a record is found again in what nobody signed" rollback sync/cycle.c 'if (ok) break;' 'break;'
mutant "a kept manifest may have any number" rollback store/store.c 'if (ok && out->version != version)' 'if (0)'
mutant "a damaged record is not set aside" rollback store/record.c 'i < 2 && !ok && writes' 'i < 0 && !ok && writes'
mutant "a folder may be another feed's" basic sync/cycle.c 'if (*c->record.feed && strcmp(' 'if (0 && strcmp('

# ---- manifests and objects --------------------------------------------------------------
mutant "a manifest may be another feed's" role feed/manifest.c 'if (ok && strcmp(m->feed, t->feed) != 0)' 'if (0)'
mutant "a manifest may have other bytes" object sync/take.c '|| strcmp(sha256, h->manifest_sha256) != 0)' ')'
mutant "a manifest may have another size" object sync/take.c \
	'(int64_t)a.body.len != h->manifest_size ||' ''
mutant "a manifest may be longer than the head says" object sync/take.c \
	'.max_bytes = h->manifest_size}' '.max_bytes = MANIFEST_BYTES_MAX}'
mutant "a manifest may have another version" object sync/take.c 'if (ok && m.version != h->version)' 'if (0)'
mutant "a manifest may be from the future" freeze sync/take.c 'if (ok && cycle_is_future(' 'if (0 && cycle_is_future('
mutant "a manifest raises no floor" freeze sync/take.c 'next.floor_utc_s = m->issued_utc_s;' ';'
mutant "names are any text" name feed/manifest.c 'if (!manifest_is_name(name))' 'if (0)'
mutant "a name may stand twice" name feed/manifest.c 'by_name(&m->media[k - 1], &m->media[k]) == 0' '0'
mutant "a hash is any text" object feed/manifest.c 'if (!digest_is_hex(text))' 'if (0)'
mutant "an object may be empty" object feed/manifest.c '"size", 1, max_size' '"size", 0, max_size'
mutant "an object may be of any size" name feed/manifest.c \
	'read_object_ref(entry, MANIFEST_OBJECT_BYTES_MAX' 'read_object_ref(entry, INT64_MAX'
mutant "an object may have other bytes" object store/store.c '|| strcmp(found, sha256) != 0) { (void)unlink' ') { (void)unlink'
mutant "an object may be shorter" object sync/take.c 'if (ok && part_size(part) < size)' 'if (0)'
mutant "bytes that arrive are not counted" object sync/fetch.c \
	'if ((int64_t)len > t->request->max_bytes - t->have)' 'if (0)'
mutant "a wrong part is kept" object store/store.c '(void)unlink(part); return err_set' 'return err_set'
mutant "pictures are not fetched" object sync/take.c 'i < m->media_count; i++) { if (!fetch_object(' 'i < 0; i++) { if (!fetch_object('
mutant "a kept object is believed by its size" damage sync/take.c \
	'if (store_holds_object(' 'if (store_has_object('
mutant "what is lost stays lost" damage sync/cycle.c '|| take_is_whole(c);' '|| 1;'
mutant "there is no trial" basic sync/take.c 'bool ok = trial_run(&t, c->stop, e);' 'bool ok = ((void)t, true);'
mutant "a refused version is forgotten" basic sync/take.c 'next.refused_version = h->version;' ''
mutant "a refused version is tried again" basic sync/cycle.c \
	'if (h.version == c->record.refused_version &&' 'if (0 &&'
mutant "a refused number is refused for good" basic sync/cycle.c \
	'strcmp(h.manifest_sha256, c->record.refused_sha256) == 0)' '1)'
mutant "what a server did is the publisher's fault" object sync/take.c \
	'else if (is_refused)' 'else if (is_refused || e->kind == ERR_FORMAT)'
mutant "the version before is not kept" basic sync/take.c 'next.previous_version = c->record.version;' ';'

# ---- what must survive a power cut --------------------------------------------------------
mutant "cut: a durable file is not synced" cut base/file.c '(!durable || fsync(fd) == 0)' '1'
mutant "cut: nor its folder" cut base/file.c 'return !durable || file_sync_folder(folder, e);' 'return true;'
mutant "cut: nor the name of a new folder" cut base/file.c 'return file_sync_folder(parent, e);' 'return true;'
mutant "cut: an object is not synced" cut store/store.c 'if (!sync_file(part, e)) {' 'if (0) {'
mutant "cut: nor its folder, objects" cut store/store.c 'if (!file_sync_folder(folder, e)) {' 'if (0) {'
synchronous='PRAGMA synchronous=EXTRA", NULL, NULL, NULL) == SQLITE_OK && ask(db, "PRAGMA synchronous", "3")'
full=${synchronous/EXTRA/FULL} normal=${synchronous/EXTRA/NORMAL} off=${synchronous/EXTRA/OFF}
mutant "cut: synchronous=NORMAL" cut store/record.c "$synchronous" "${normal/3/1}"
mutant "cut: synchronous=OFF" cut store/record.c "$synchronous" "${off/3/0}"
truncate='"PRAGMA journal_mode=TRUNCATE", "truncate"'
mutant "cut: journal_mode=MEMORY" cut store/record.c "$truncate" '"PRAGMA journal_mode=MEMORY", "memory"'
mutant "cut: DELETE and FULL, as SQLite's defaults" cut store/record.c \
	"ask(db, $truncate) && sqlite3_exec(db, \"$synchronous" \
	"sqlite3_exec(db, \"${full/3/2}"
# EXTRA is FULL, and a sync of the folder after the journal's removal: TRUNCATE removes none.
mutant "cut: TRUNCATE and FULL" same store/record.c "$synchronous" "${full/3/2}"
# A journal that is removed, and its folder synced, is as gone as one that is cut to nothing.
mutant "cut: DELETE and EXTRA" same store/record.c "$truncate" '"PRAGMA journal_mode=DELETE", "delete"'

# ---- the work ------------------------------------------------------------------------------

copy_sources() { # FOLDER: a tree that builds; what is the same keeps its age
	local file
	while IFS= read -r file; do
		cmp -s "$file" "$1/$file" || install -D "$file" "$1/$file"
	done < <(git ls-files -- src Makefile tools tests)
	make_there "$1" build/fangzi-sync build/tests/feed/conformance || return 1
	ln -sf "$O/fangzi-kiosk" "$O/fangzi-hub" "$1/build/"
}

make_there() { # FOLDER TARGETS..
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$1" WERROR= "${@:2}" > "$1/make.log" 2>&1
}

# Fails when the piece does not stand there exactly once.
change() { # FILE PIECE CHANGE
	PIECE=$2 CHANGE=$3 perl -0777 -i.plain -pe '
		my $piece = join "\\s+", map { quotemeta } split /\s+/, $ENV{PIECE}, -1;
		my $count = () = /$piece/g;
		if ($count != 1) { print STDERR "the piece stands there $count times\n"; $bad = 1; }
		s/$piece/$ENV{CHANGE}/ unless $bad;
		END { $? = 2 if $bad }' "$1"
}

is_silent() { # FOLDER DRIVER [GROUPS..]: no case has noticed anything
	env O="$1/build" timeout 600 "$2" --bail "${@:3}" > "$1/tap" 2> "$1/tap.log"
}

# Every look, cut after each operation: all is sound. Judged by the programs of O, unchanged.
is_sound_when_cut() { # FOLDER
	env CUTS_SYNC="$1/build/fangzi-sync" O="$O" SEEDS=3 timeout 900 tests/cuts/cuts_faults.sh \
		install head hold unhold media collect refused rotation damaged > "$1/tap" 2> "$1/tap.log"
}

has_survived() { # FOLDER N DRIVER
	case ${groups[$2]} in
	cut | same) is_sound_when_cut "$1" ;;
	*) is_silent "$1" "$3" "${groups[$2]}" && is_silent "$1" "$3" ;;
	esac
}

# What was said to notice it, or that something did.
noticed_by() { # FOLDER
	sed -n 's/^not ok [0-9]* - //p; s/^# //p; s/^power cuts: //p' "$1/tap" | head -n 1 | cut -c 1-160
}

# killed, survived or error, a name, and which case noticed. One of the group same that survives
# is as good as killed.
try_mutant() { # FOLDER N
	local tree=$1 file=$1/${files[$2]} driver=$O/tests/feed/conformance target=build/fangzi-sync how=''
	[[ ${files[$2]} != src/kiosk/* ]] || { # what conformance asks of the kiosk it links
		driver=$tree/build/tests/feed/conformance target=build/tests/feed/conformance
	}
	if ! change "$file" "${pieces[$2]}" "${changes[$2]}" 2> "$tree/change.log"; then
		echo "error	${names[$2]}	${files[$2]}: $(head -n 1 "$tree/change.log")"
	elif ! make_there "$tree" "$target"; then
		echo "error	${names[$2]}	does not build: $(grep -m 1 error: "$tree/make.log")"
	elif has_survived "$tree" "$2" "$driver"; then
		[ "${groups[$2]}" = same ] && how=same
		echo "${how:-survived}	${names[$2]}	${files[$2]}"
	elif [ "${groups[$2]}" = same ]; then
		echo "error	${names[$2]}	is not the same: $(noticed_by "$tree")"
	else
		echo "killed	${names[$2]}	$(noticed_by "$tree")"
	fi
	[ ! -e "$file.plain" ] || { mv "$file.plain" "$file" && touch "$file"; }
}

work() { # JOB: each JOBS-th mutant
	local n
	copy_sources "$O/mutants/$1" || { echo "error	build	$(tail -n 1 "$O/mutants/$1/make.log")"; return; }
	is_silent "$O/mutants/$1" "$O/tests/feed/conformance" basic role ||
		{ echo "error	nothing changed	$(grep -m 1 '^not ok' "$O/mutants/$1/tap")"; return; }
	for ((n = $1; n < ${#names[@]}; n += JOBS)); do
		try_mutant "$O/mutants/$1" "$n"
	done
}

main() {
	local job out=$O/mutants/result
	mkdir -p "$O/mutants"
	: > "$out"
	for ((job = 0; job < JOBS; job++)); do
		work "$job" | tee -a "$out" | while IFS=$'\t' read -r how name why; do
			printf '%-8s  %s  (%s)\n' "$how" "$name" "$why"
		done &
	done
	wait
	echo "$(grep -c '^killed' "$out") killed, $(grep -c '^same' "$out") the same, $(grep -c '^survived' "$out") survived, $(grep -c '^error' "$out") errors"
	[ "$(grep -cE '^(killed|same)' "$out")" -eq "${#names[@]}" ] && [ "${#names[@]}" -gt 0 ]
}

main
