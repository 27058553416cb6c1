# What the programs cost; included by tests/tests.mk.

bench: all $(O)/tests/gen_content ## what the screen costs, at full size under Xvfb (under 3 minutes)
	xvfb-run -a -s "-screen 0 3840x2160x24 -nolisten tcp" /usr/bin/python3 bench/bench.py $(O) $(BUILD)/bench
.PHONY: bench

$(O)/bench/%: $(O)/bench/%.o $(call archives,$(TEST_ROOMS))
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(TEST_LIBS) $(LIBS_bench_$(@F))

# The regression guard is part of `make check`; nothing is counted under sanitizers.
INSTRUCTIONS_NEED := $(addprefix $(O)/,fangzi-kiosk fangzi-sync fangzi-sign bench/count tests/gen_content)
ifneq ($(SAN),1)
FLOW_TESTS += bench/instructions.py
test-programs: $(INSTRUCTIONS_NEED)
endif

bench-baseline: $(INSTRUCTIONS_NEED) demo-media ## count the instructions of painting, taking and looking anew, for bench/baseline.txt
	O=$(O) bench/instructions.py --renew
	git --no-pager diff --stat bench/baseline.txt
.PHONY: bench-baseline

LIBS_bench_watch := -lX11 -lXdamage -lxcb
LIBS_bench_bare_x11 := -lX11 -lXext
BENCH_PROGRAMS := $(addprefix $(O)/bench/,watch bare_x11 blend bulk_insert)

bench-peers: all demo-media ## the screen beside Chromium, WebKit, mpv and feh (installs them); SIZES, SECONDS=60, MINUTES=2 of show before memory is looked at
	tools/deps.sh packages-peers.txt
	$(MAKE) --no-print-directory $(BENCH_PROGRAMS)
	SIZES="$(SIZES)" SECONDS=$(or $(SECONDS),60) MINUTES=$(or $(MINUTES),2) bench/peers.py $(O) $(BUILD)/bench-peers
.PHONY: bench-peers

bench-rest: all $(O)/tests/gen_content ## bytes on the wire and on the disk over MINUTES (60) of rest, and for a change
	MINUTES=$(or $(MINUTES),60) bench/rest.py $(O) $(BUILD)/bench-rest
.PHONY: bench-rest

bench-growth: all $(O)/tests/gen_content $(O)/tests/load/wait $(O)/bench/bulk_insert ## how cost grows with projects, boards, pages, sizes and screens; writes docs/growth-*.svg (10 minutes)
	@mkdir -p $(BUILD)/bench-growth
	xvfb-run -a -s "-screen 0 3840x2160x24 -nolisten tcp" bench/growth.py $(O) $(BUILD)/bench-growth docs
.PHONY: bench-growth

bench-limits: $(O)/tests/gen_content $(addprefix $(O)/bench/,blend bulk_insert) ## how far blending is from memory's own speed, and taking content from SQLite's; seconds
	bench/limits.py $(O) $(BUILD)/bench-limits
.PHONY: bench-limits
