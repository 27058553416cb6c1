# Debian packages; included by the top-level Makefile. ARCH: amd64, arm64, armhf; by default this machine's.
deb: ARCH ?= $(shell dpkg --print-architecture)
deb: console ## Debian packages for ARCH (amd64, arm64, armhf) in build/deb; needs root, makes a chroot
	tools/deps.sh packages-deb.txt
	rm -rf $(BUILD)/deb/$(ARCH)
	tools/deb.sh $(ARCH) $(BUILD) $(BUILD)/deb/$(ARCH)

deb-check: all demo-media ## lintian, contents, two builds with the same bytes, install, purge and reinstall in a chroot; minutes
	tools/deps.sh packages-deb.txt
	tests/packages/check.sh $(BUILD)

cross-check: $(O)/fangzi-kiosk $(O)/tests/picture_diff fonts demo-media ## unit tests and golden pictures of ARCH=arm64 or armhf under qemu-user, after make deb ARCH=...; many minutes
	tests/packages/cross.sh $(ARCH) $(BUILD)
.PHONY: deb deb-check cross-check
