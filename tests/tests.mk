# Tests and what they are made of; included by the top-level Makefile.
#
# Every test says what it saw in TAP (Test Anything Protocol) on standard output;
# tests/run.sh counts. One that needs the programs finds them in $O.

TEST_ROOMS := hub office intake sync kiosk sign board store feed paint content base
TEST_LIBS = $(sort $(call libraries,$(TEST_ROOMS)))
LIBS_paint_qr_test := -lzbar
# picture_kit.h's JPEG files are another encoder's.
$(foreach t,paint_broken_test paint_picture_test,$(eval LIBS_$(t) := -lSDL2_image))
UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
TEST_TOOLS := forge gen_schema intake_look measure hostile/hostile cuts/cuts cuts/kill faults/check
FLOW_TESTS := tests/house.sh tests/install_test.sh \
	$(filter-out tests/flow/publish_kill_test.sh,$(wildcard tests/flow/*_test.sh)) tests/hostile/hostile_test.sh \
	tests/cuts/cuts_test.sh tests/cuts/kill_test.sh tests/faults/faults_test.sh

# What these promise is counted in milliseconds: they run by themselves.
TIMED_TESTS := $(addprefix tests/flow/,bad_data_test.sh show_test.sh unison_test.sh watchdog_test.sh)

# These kill, wait, start whole screens, or look at pictures and at tools; what they run of our
# code is run by the others under sanitizers too, where these would take minutes. Nothing is
# timed there.
ifeq ($(SAN),1)
FLOW_TESTS := $(filter-out $(addprefix tests/flow/,bring_test.sh dark_test.sh device_test.sh ladder_test.sh layout_check_test.sh man_test.sh \
	office_kill_test.sh office_sheet_test.sh openapi_test.sh publish_test.sh readme_test.sh schema_test.sh \
	touch_test.sh upgrade_test.sh video_test.sh \
	unison_test.sh wait_test.sh watchdog_test.sh) tests/cuts/kill_test.sh tests/install_test.sh \
	tests/house.sh,$(FLOW_TESTS))
TIMED_TESTS :=
endif

$(O)/tests/%: $(O)/tests/%.o $(call archives,$(TEST_ROOMS))
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(TEST_LIBS) -lcmocka $(LIBS_$(@F))

# What hangs a screen, and what spoils its picture; nothing can be loaded before a
# sanitizer's library. Calls are stood in for under both of their names (open, open64), which are one
# where files have 64 bits throughout.
BOTH_NAMES := -U_FILE_OFFSET_BITS -U_TIME_BITS
ifneq ($(SAN),1)
TEST_TOOLS += libhang.so libveil.so
$(O)/tests/lib%.so: tests/%.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,LD  $@)
	$(Q)$(COMPILE) -Wno-missing-prototypes -fPIC -shared -o $@ $<

# Fails one call, and moves the clock.
TEST_TOOLS += libfail.so
$(O)/tests/libfail.so: tests/faults/fail.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,LD  $@)
	$(Q)$(COMPILE) $(BOTH_NAMES) -Wno-missing-prototypes -fPIC -shared -o $@ $<
endif

# Conformance of the feed: one program of several files.
FEED_TEST := $(O)/tests/feed/conformance
$(FEED_TEST): $(patsubst %.c,$(O)/%.o,$(wildcard tests/feed/*.c))

# The server that misbehaves: one program of all its families.
$(O)/tests/hostile/hostile: $(patsubst %.c,$(O)/%.o,$(wildcard tests/hostile/*.c))
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_feed) $(LIBS_tls) -lpthread

# Power cuts: what was recorded, cut and judged.
$(O)/tests/cuts/cuts: $(patsubst %,$(O)/tests/cuts/%.o,model image judge)
$(O)/tests/cuts/kill: $(O)/tests/cuts/judge.o
ifneq ($(SAN),1)
TEST_TOOLS += cuts/librecord.so
$(O)/tests/cuts/librecord.so: tests/cuts/record.c tests/cuts/trace.h $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,LD  $@)
	$(Q)$(COMPILE) $(BOTH_NAMES) -Wno-missing-prototypes -fPIC -shared -o $@ $<
endif

include tests/vm.mk
include tests/pictures.mk
include tests/fuzz.mk
include tests/scale.mk
include bench/bench.mk

ifeq ($(SAN),1)
PICTURE_TESTS :=
endif

# Those that take long begin first, so that none is left alone at the end.
LONG_TESTS := $(addprefix tests/flow/,device_test.sh hub_web_test.sh publish_test.sh show_test.sh) tests/hostile/hostile_test.sh \
	bench/instructions.py
UNTIMED_TESTS = $(filter-out $(TIMED_TESTS),$(FLOW_TESTS))

test-programs: all $(addprefix $(O)/tests/,$(TEST_TOOLS) $(UNIT_TESTS:%=unit/%)) $(FEED_TEST) $(PICTURE_NEEDS)

check-untimed: test-programs
	tests/run.sh $(O) $(FEED_TEST) $(filter $(LONG_TESTS),$(UNTIMED_TESTS)) $(addprefix $(O)/tests/unit/,$(UNIT_TESTS)) $(PICTURE_TESTS) \
		$(filter-out $(LONG_TESTS),$(UNTIMED_TESTS))

check-timed: test-programs
	$(if $(TIMED_TESTS),JOBS=1 tests/run.sh $(O) $(TIMED_TESTS),)

check-here: test-programs
	bad=0; "$(MAKE)" check-untimed || bad=1; "$(MAKE)" check-timed || bad=1; exit $$bad
.PHONY: test-programs check-untimed check-timed check-here

mutants: all $(FEED_TEST) $(addprefix $(O)/tests/cuts/,cuts librecord.so) ## remove each check and each fsync in turn: tests must notice (about 10 minutes)
	tests/mutants.sh $(O)
.PHONY: mutants

# Faults in full, a script a line.
FAULT_FAMILIES := \
	tests/cuts/cuts_faults.sh \
	tests/cuts/kill_faults.sh \
	tests/faults/long.sh \
	tests/faults/adversity.sh \
	tests/flow/publish_kill_test.sh \
	tests/hostile/long_test.sh
faults: all $(addprefix $(O)/tests/,$(TEST_TOOLS)) ## faults by the thousand: power cuts, kills, failing calls, a hostile server (under 15 minutes)
	tests/faults.sh $(O) $(FAULT_FAMILIES)
.PHONY: faults

# Chromium and playwright-core are for this alone.
office-check: all demo-media ## an office's day in a real Chromium, with pictures for the docs (minutes)
	tools/deps.sh packages-office.txt
	cd tests/console && { [ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error; }
	node tests/console/office.mjs $(O) $(BUILD)/office-check $(BUILD)/office-pictures
.PHONY: office-check

load: all $(O)/tests/load/reports ## 100,000 screens report to one hub on one core for SECONDS (60)
	tests/load/reports.sh $(O) $(BUILD)/load $(or $(SECONDS),60)
.PHONY: load

bypass: $(O)/tests/unit/bypass_test ## SEQUENCES (100000) of random API calls by random people: nothing may be issued without those it takes
	BYPASS_SEQUENCES=$(or $(SEQUENCES),100000) CMOCKA_MESSAGE_OUTPUT=TAP $(O)/tests/unit/bypass_test
.PHONY: bypass

soak: all ## screen and fangzi-sync for MINUTES (60) on a feed that never rests: memory, descriptors, threads
	tests/soak.py $(O) $(BUILD)/soak $(or $(MINUTES),60)
.PHONY: soak

valgrind: all demo-media ## one rotation of the demo and looks of fangzi-sync under valgrind (minutes)
	O=$(O) tests/valgrind.sh
.PHONY: valgrind
