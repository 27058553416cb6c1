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

# A box without a desktop, seen from outside: which_page tells what its display shows.
$(O)/tests/vm/which_page: $(O)/tests/vm/which_page.o
	$(call say,LD  $@)
	$(Q)$(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_paint)

# DEBS: packages of ours to install in it; else what make install puts there. LIMIT_S: how long a picture
# may take (15), on a machine that has much else to do. STEPS: these alone (vm_check.py). A box of ARCH=arm64
# gets the package that make deb left, and is only to boot and show a page: how long that takes is qemu's.
VM_ARCH := $(or $(ARCH),$(shell dpkg --print-architecture))
VM_CHECK := $(BUILD)/vm-check
ifeq ($(VM_ARCH),arm64)
VM_CHECK := $(BUILD)/vm-check-arm64
vm-check: LIMIT_S ?= 300
vm-check: STEPS ?= install
vm-check: DEBS ?= $(wildcard $(BUILD)/deb/arm64/fangzi-kiosk_*_arm64.deb)
endif
vm-check: LIMIT_S ?= 15
vm-check: CUTS := $(if $(filter file,$(origin CUTS)),20,$(CUTS))
vm-check: all demo-media $(O)/tests/vm/which_page ## a box without a desktop boots into the show in a virtual machine, and is treated as boxes are; CUTS=20
	tools/deps.sh packages-vm.txt
	$(if $(filter arm64,$(VM_ARCH)),tools/deps.sh packages-vm-arm64.txt)
	tests/vm/screen_feed.py $(O) $(VM_CHECK) $(BUILD)/demo/media
	tests/vm/make_screen_guest.sh $(O) $(VM_CHECK) $(VM_ARCH) $(DEBS)
	tests/vm/vm_check.py $(O) $(VM_CHECK) $(BUILD)/demo/media $(CUTS) $(LIMIT_S) $(STEPS)
.PHONY: vm-check
