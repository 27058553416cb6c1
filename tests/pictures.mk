# Pictures of pages: the demo's media, the comparison with the mockups, the golden
# pictures, and the documents that pages are tried with. Included by tests.mk.

DEMO_MEDIA := $(patsubst assets/demo/%.svg,$(BUILD)/demo/media/%.png,$(wildcard assets/demo/*.svg))

# Twice the size of the boards' boxes, so that a 4K screen does not blow them up.
$(BUILD)/demo/media/%.png: assets/demo/%.svg
	@mkdir -p $(@D)
	$(call say,SVG $@)
	$(Q)rsvg-convert --zoom 2 -o $@ $<

demo-media: $(DEMO_MEDIA)

compare: $(O)/fangzi-kiosk $(O)/tests/replay demo-media ## lay each page beside its mockup and tell how alike they are
	tests/compare.sh $(O) $(BUILD)

PICTURE_TESTS := tests/golden.sh tests/gen_content_test.sh
PICTURE_NEEDS := $(O)/fangzi-kiosk $(O)/fangzi-sign $(O)/tests/picture_diff $(O)/tests/gen_content demo-media

golden: $(PICTURE_NEEDS) ## paint the golden pictures anew
	O=$(O) tests/golden.sh --renew

pictures: $(O)/fangzi-sign $(O)/tests/gen_content demo-media ## every page of many documents at nine sizes, with an index to browse
	tests/pictures.py $(O) $(BUILD)/pictures

.PHONY: demo-media compare golden pictures

$(O)/tests/gen_content: $(O)/tests/gen_projects.o $(O)/tests/gen_town.o $(O)/tests/gen_facts.o
