# Fangzi Kiosk. `make help` lists the targets; README.md tells the rest.
# One Makefile for the whole tree; everything it makes goes to $(BUILD).

VERSION := 0.1.0
BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g -fstack-protector-strong
CPPFLAGS ?=
WERROR ?= -Werror

# SAN=1: a second tree, under AddressSanitizer and UndefinedBehaviorSanitizer.
ifeq ($(SAN),1)
O := $(BUILD)/san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS ?= -fuse-ld=gold # the quicker one, for what is run once
else
O := $(BUILD)
SANFLAGS :=
LDFLAGS ?= -Wl,-z,relro,-z,now
endif

.DEFAULT_GOAL := all
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules
# V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)")

# What the installed packages say. Asked for (and the packages installed) by the
# targets that compile, not by clean, help or deps.
QUIET_GOALS := help clean deps uninstall
ifneq ($(filter-out $(QUIET_GOALS),$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/config.mk
endif
$(BUILD)/config.mk: tools/config.sh tools/packages.txt tools/deps.sh
	tools/config.sh $@

# ---- programs and the rooms that each may link ------------------------------
PROGRAMS := fangzi-kiosk fangzi-sync fangzi-hub fangzi-sign
ROOMS := base content feed store sync paint board kiosk office intake hub sign video
# What programs start, and nobody else; fangzi-video where its libraries are (tools/config.sh).
HELPERS := $(if $(HAS_FILMS),fangzi-video)
ROOMS_fangzi-kiosk := kiosk board store feed paint content base
ROOMS_fangzi-sync := sync store feed base
ROOMS_fangzi-hub := hub office intake board paint content feed base
ROOMS_fangzi-sign := sign board paint content feed base
ROOMS_fangzi-video := video base
MAIN_fangzi-kiosk := kiosk
MAIN_fangzi-sync := sync
MAIN_fangzi-hub := hub
MAIN_fangzi-sign := sign
MAIN_fangzi-video := video

WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wvla -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wno-missing-field-initializers $(WERROR)
# The age of the sources, not of this build: the same sources give the same bytes.
SOURCE_TIME := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),1700000000)
# Files and times have 64 bits where a machine has 32: they go on after 2038. Libraries that do not know of it
# are never handed a time_t (tests/house.sh).
DEFINES := -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -DFANGZI_VERSION='"$(VERSION)"'
COMPILE = $(CC) -std=c17 $(WARN) $(CPPFLAGS) $(DEFINES) -Isrc -I$(O)/gen $(PKG_CFLAGS) $(CFLAGS) $(SANFLAGS) -MMD -MP

objects = $(patsubst %.c,$(O)/%.o,$(filter-out %/main.c,$(wildcard src/$(1)/*.c)))
archives = $(foreach r,$(1),$(O)/src/$(r).a)
libraries = $(foreach r,$(1),$(LIBS_$(r)))

all: programs console fonts ## build the programs, the web console and the screen's fonts
programs: $(addprefix $(O)/,$(PROGRAMS) $(HELPERS))

# The console is built once, for all trees; tools/console.sh says with what.
CONSOLE_SOURCES := $(shell find src/console -path '*/node_modules' -prune -o -type f -print) \
	assets/schema/content.schema.json
console: $(BUILD)/console/index.html ## build the web console
$(BUILD)/console/index.html: $(CONSOLE_SOURCES) tools/console.sh tools/console_notices.mjs
	$(call say,NPM $(@D))
	$(Q)tools/console.sh $(BUILD)

# The screen's own fonts: a part of Debian's, which tools/font.sh chooses, and whose they are.
FONTS := regular.otf bold.otf noto-sans-cjk.txt
fonts: $(FONTS:%=$(O)/fonts/%) ## build the screen's fonts
$(FONTS:%=$(O)/fonts/%): tools/font.sh $(BUILD)/config.mk
	$(call say,FONT $@)
	$(Q)tools/font.sh $@

$(O)/gen/source_time.h: FORCE
	@mkdir -p $(@D)
	@echo '#define SOURCE_TIME_UTC INT64_C($(SOURCE_TIME))' | cmp -s - $@ || \
		echo '#define SOURCE_TIME_UTC INT64_C($(SOURCE_TIME))' > $@
FORCE:

# Of its zip_stat_t a time_t is part: as large as libzip's own, which has 32 bits on Debian 12's armhf.
$(O)/src/intake/package.o: DEFINES += -U_TIME_BITS

$(O)/%.o: %.c $(BUILD)/config.mk | $(O)/gen/source_time.h
	@mkdir -p $(@D)
	$(call say,CC  $<)
	$(Q)$(COMPILE) -c -o $@ $<

define room_rule
$(O)/src/$(1).a: $$(call objects,$(1))
	@mkdir -p $$(@D); rm -f $$@
	$(Q)$$(AR) rcsD $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

define program_rule
$(O)/$(1): $(O)/src/$(MAIN_$(1))/main.o $$(call archives,$(ROOMS_$(1)))
	$$(call say,LD  $$@)
	$(Q)$$(CC) $$(CFLAGS) $$(SANFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(call libraries,$(ROOMS_$(1)))
endef
$(foreach p,$(PROGRAMS) $(HELPERS),$(eval $(call program_rule,$(p))))

-include $(shell find $(O)/src $(O)/tests -name '*.d' 2>/dev/null)

demo: all demo-media ## keys, a signed feed, the hub and a screen, on this machine; SCREEN="options"
	tools/demo.sh $(O) $(BUILD)/demo/media $(SCREEN)

check: ## every test, also under sanitizers, and both compilers
	tools/check.sh "$(MAKE)" $(BUILD)

# ---- installing --------------------------------------------------------------
# What goes where, as "FILE FOLDER" below $(PREFIX); uninstall reads the same list.
# Documents keep their places beside each other, so that links between them hold.
DOC_DIR := share/doc/fangzi-kiosk
DOCS := $(sort LICENSE $(wildcard *.md fonts/*.md docs/*.md docs/*.png docs/*.svg systemd/*.conf))
UNITS := $(sort $(wildcard systemd/*.service systemd/*.socket systemd/*.timer systemd/*.service.d/*.conf))
PAGES := $(sort $(wildcard man/*))
man_place = share/man/man$(subst .,,$(suffix $(1)))/$(notdir $(1))
# systemd's other files, by kind: where each is looked for, and how it is called there.
KINDS := sysusers tmpfiles preset
PLACE_sysusers := lib/sysusers.d/%.conf
PLACE_tmpfiles := lib/tmpfiles.d/%.conf
PLACE_preset := lib/systemd/system-preset/80-%.preset
kind_files = $(sort $(wildcard systemd/*.$(1)))
kind_place = $(patsubst systemd/%.$(1),$(PLACE_$(1)),$(2))
INSTALLED = $(PROGRAMS:%=bin/%) $(FONTS:%=share/fangzi/fonts/%) lib/fangzi/fangzi-video lib/fangzi/fangzi-ladder share/fangzi/content.schema.json $(UNITS:systemd/%=lib/systemd/system/%) \
	$(foreach k,$(KINDS),$(call kind_place,$(k),$(call kind_files,$(k)))) \
	lib/udev/rules.d/70-fangzi-stick.rules $(foreach p,$(PAGES),$(call man_place,$(p))) $(DOCS:%=$(DOC_DIR)/%)
TARGET_DIR = $(DESTDIR)$(PREFIX)

# Units and pages name files by their full path: the repository's say /usr/local.
install_named = mkdir -p $(dir $(TARGET_DIR)/$(2)); sed 's|/usr/local/|$(PREFIX)/|' $(1) > $(TARGET_DIR)/$(2); \
	chmod 644 $(TARGET_DIR)/$(2);
install: all ## install below $(PREFIX), with DESTDIR in front
	install -d $(TARGET_DIR)/bin $(TARGET_DIR)/share/fangzi
	install -m 755 $(PROGRAMS:%=$(O)/%) $(TARGET_DIR)/bin
	install -m 644 assets/schema/content.schema.json $(TARGET_DIR)/share/fangzi
	install -d $(TARGET_DIR)/share/fangzi/fonts
	install -m 644 $(FONTS:%=$(O)/fonts/%) $(TARGET_DIR)/share/fangzi/fonts
	$(foreach u,$(UNITS),$(call install_named,$(u),$(u:systemd/%=lib/systemd/system/%)))
	$(foreach p,$(PAGES),$(call install_named,$(p),$(call man_place,$(p))))
	$(foreach k,$(KINDS),$(foreach f,$(call kind_files,$(k)),\
		install -D -m 644 $(f) $(TARGET_DIR)/$(call kind_place,$(k),$(f));))
	install -D -m 755 systemd/fangzi-ladder $(TARGET_DIR)/lib/fangzi/fangzi-ladder
	$(if $(HELPERS),install -m 755 $(HELPERS:%=$(O)/%) $(TARGET_DIR)/lib/fangzi)
	install -D -m 644 systemd/fangzi-stick.rules $(TARGET_DIR)/lib/udev/rules.d/70-fangzi-stick.rules
	install -d $(TARGET_DIR)/share/fangzi/console/assets
	install -m 644 $(BUILD)/console/*.* $(TARGET_DIR)/share/fangzi/console
	install -m 644 $(BUILD)/console/assets/*.* $(TARGET_DIR)/share/fangzi/console/assets
	for doc in $(DOCS); do install -D -m 644 $$doc $(TARGET_DIR)/$(DOC_DIR)/$$doc; done

install-demo: demo-media ## install the demo's content likewise
	install -d $(TARGET_DIR)/share/fangzi/demo/media
	install -m 644 assets/demo/content.json $(TARGET_DIR)/share/fangzi/demo
	install -m 644 $(DEMO_MEDIA) $(TARGET_DIR)/share/fangzi/demo/media

# What makes a machine a screen and nothing else: laid over the system's own settings.
BOX := $(sort $(patsubst systemd/box/%,lib/%,$(wildcard systemd/box/*/*.conf systemd/box/*/*/*.conf)))
install-box: ## install the settings of a machine that is a screen and nothing else likewise: journal, watchdog, consoles
	$(foreach f,$(BOX),install -D -m 644 $(f:lib/%=systemd/box/%) $(TARGET_DIR)/$(f);)

# Folders are removed when they are empty, and only ours and those above them that
# hold nothing else.
uninstall: ## remove what install, install-demo and install-box put there
	rm -f $(addprefix $(TARGET_DIR)/,$(INSTALLED) $(BOX))
	rm -rf $(TARGET_DIR)/share/fangzi/console $(TARGET_DIR)/share/fangzi/demo
	for dir in $(DOC_DIR)/docs $(DOC_DIR)/fonts $(DOC_DIR)/systemd $(DOC_DIR) share/fangzi/fonts share/fangzi share/doc \
			share/man/man1 share/man/man5 share/man/man8 share/man share bin \
			$(sort $(dir $(filter %.conf,$(UNITS:systemd/%=lib/systemd/system/%)) $(BOX))) \
			lib/systemd/system lib/systemd/system-preset lib/systemd lib/sysusers.d lib/tmpfiles.d lib/udev/rules.d lib/udev lib/fangzi lib; do \
		rmdir $(TARGET_DIR)/$$dir 2> /dev/null || true; \
	done

deps: ## install the Debian packages that are missing
	tools/deps.sh

clean: ## remove everything that was made
	rm -rf $(BUILD)

help: ## list these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

include tests/tests.mk
include tools/packages.mk

.PHONY: all programs console fonts demo check install install-demo install-box uninstall deps clean help FORCE
.SECONDARY:
