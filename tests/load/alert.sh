# shellcheck shell=bash
# A feed whose version has an alert that a head can raise; after flow/lib.sh.

make_alert_feed() { # make_alert_feed FEED
	mkdir -p "$1"
	make_keys && make_content "$WORK/content.json" && sed -i 's|"alerts": \[\]|"alerts": [{"id": "evacuate", "status": "exercise", "level": "red", "title": "紧急疏散", "text": "从就近出口有序离开", "publisher": "示例单位"}]|' "$WORK/content.json" &&
		make_trust "$1" && publish "$1" 1 "$WORK/content.json" && make_head "$1"
}
