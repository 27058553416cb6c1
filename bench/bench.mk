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
check-here: $(INSTRUCTIONS_NEED)
endif

bench-baseline: $(INSTRUCTIONS_NEED) demo-media ## count the instructions of painting, taking and looking anew, for bench/baseline.txt
	O=$(O) bench/instructions.py --renew
	git --no-pager diff --stat bench/baseline.txt
.PHONY: bench-baseline
