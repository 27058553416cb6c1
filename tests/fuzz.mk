# Fuzzing: libFuzzer over what comes from outside. Included by tests.mk.
#
# The targets stand in a tree of their own, as do the rooms that they link: all through
# clang, with its coverage marks and sanitizers.

FUZZ_NAMES := envelope manifest trust head node content text picture config csv xlsx ics report api
FUZZ_SAN := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FUZZ_MAKE := $(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/fuzz CFLAGS="-O1 -g" SANFLAGS="$(FUZZ_SAN)"

# Documents are changed as trees, other things as bytes.
fuzz_kit = $(O)/tests/fuzz/fuzz.o $(if $(filter envelope manifest trust head content report,$(1)),$(O)/tests/fuzz/mutate_json.o)

define fuzz_rule
$(O)/tests/fuzz/$(1): $(O)/tests/fuzz/$(1).o $(call fuzz_kit,$(1)) $(call archives,$(TEST_ROOMS))
	$$(call say,LD  $$@)
	$$(Q)$$(CC) $$(CFLAGS) $$(SANFLAGS) -fsanitize=fuzzer $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) \
		-Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(TEST_LIBS)
endef
$(foreach n,$(FUZZ_NAMES),$(eval $(call fuzz_rule,$(n))))

fuzz-programs: $(FUZZ_NAMES:%=$(O)/tests/fuzz/%)

# With all programs: that is how clang sees every source.
fuzz-build:
	+$(FUZZ_MAKE) programs fuzz-programs

fuzz: fuzz-build ## fuzz what comes from outside for MINUTES (30) each, two at a time; FUZZ=name: one
	O=$(BUILD)/fuzz tests/fuzz.sh $(or $(MINUTES),30) $(FUZZ)
.PHONY: fuzz fuzz-build fuzz-programs
