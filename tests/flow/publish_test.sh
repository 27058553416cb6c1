#!/bin/bash
# From an upload to the screens, over the hub's API, with two publishers' signatures: publish_test.py.
. "$(dirname "$0")/lib.sh"
for key in root p1 p2 head stranger; do make_key "$key" || exit 1; done
mkdir -p "$WORK/feed"
sign trust --feed "$FEED_NAME" --root "$WORK/keys/root.pub" --publisher "$WORK/keys/p1.pub" \
	--publisher "$WORK/keys/p2.pub" --publisher-threshold 2 --head "$WORK/keys/head.pub" \
	--key "$WORK/keys/root" --out "$WORK/feed" || exit 1
make_content "$WORK/plain.json"
sed 's|"alerts": \[\]|"alerts": [{"id": "rain", "status": "exercise", "level": "orange", "title": "大风预警", "text": "请远离临时搭建物", "publisher": "示例单位"}]|' \
	"$WORK/plain.json" > "$WORK/content.json"
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/flow/publish_test.py "$O" "$WORK"
