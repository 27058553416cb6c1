# How much one hub carries, and how a feed is served without one; included by tests.mk.

TEST_TOOLS += load/wait
ifneq ($(SAN),1)
TIMED_TESTS += tests/flow/wait_test.sh
endif

load-wait: $(addprefix $(O)/,fangzi-hub fangzi-sign) $(O)/tests/load/wait ## N (1000) screens wait on one hub and learn of an alert: how late, how much memory
	O=$(O) tests/load/wait.sh $(or $(N),1000)

bench-hub: $(addprefix $(O)/,fangzi-hub fangzi-sign) ## the hub's serving of a feed beside nginx's (installs nginx and wrk; 2 minutes)
	tools/deps.sh packages-bench.txt
	/usr/bin/python3 bench/hub.py $(O) $(BUILD)/bench-hub

scale-check: $(addprefix $(O)/,fangzi-hub fangzi-sign fangzi-sync fangzi-kiosk) ## a feed served by nginx and by an S3-compatible store, and a hub behind nginx (installs them; a minute)
	tools/deps.sh packages-bench.txt
	O=$(O) tests/scale/check.sh $(BUILD)
.PHONY: load-wait bench-hub scale-check
