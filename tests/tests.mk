# Tests and what they are made of; included by the top-level Makefile.

TEST_ROOMS := hub sync kiosk sign board store feed paint content base
TEST_LIBS = $(sort $(call libraries,$(TEST_ROOMS)))

$(O)/tests/%: $(O)/tests/%.o $(call archives,$(TEST_ROOMS))
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(TEST_LIBS) -lcmocka
