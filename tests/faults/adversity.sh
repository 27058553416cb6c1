#!/bin/bash
# What befalls a running screen, in full. A family of `make faults`. TAP.
LONG=1 exec "$(dirname "$0")/../flow/adversity_test.sh"
