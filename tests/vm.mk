# Power cuts in a virtual machine; included by tests.mk.
CUTS ?= 200
SEED ?= 1

# Looks into a state folder. Linked apart, since it goes into the guest: few libraries.
$(O)/tests/vm/inspect: $(O)/tests/vm/inspect.o $(call archives,store feed base)
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(call libraries,store feed base)
TEST_TOOLS += vm/inspect
FLOW_TESTS += tests/vm/inspect_test.sh tests/vm/power_cut_test.py

power-cut: $(O)/fangzi-sync $(O)/fangzi-sign $(O)/tests/forge $(O)/tests/vm/inspect ## cut the power of a virtual machine, CUTS=200 times (4 minutes); SEED=1
	tools/deps.sh packages-vm.txt
	tests/vm/make_guest.sh $(O) $(O)/vm
	tests/vm/power_cut.py $(O)/vm $(CUTS) $(SEED)
.PHONY: power-cut
