#!/bin/bash
# A project list as an office keeps it, 223 rows with five that cannot be understood: just
# these are refused, each at its cell; mended one by one, none is left. No hub is needed.
# shellcheck source=tests/flow/lib.sh
source "$(dirname "$0")/lib.sh"

options() { # CELLS-AS-JSON
	python3 - "$1" <<- 'END'
		import json, sys
		document = json.load(open("assets/demo/content.json"))
		print(json.dumps({"kind": "projects", "name": "项目清单.xlsx", "year": 2023, "source": "sample",
		    "as_of": "2023-06", "document": document, "cells": json.loads(sys.argv[1])}))
	END
}

look() { # FILE CELLS: what comes of it, in $WORK/result.json
	options "$2" > "$WORK/options.json" &&
		"$O/tests/intake_look" "$1" "$WORK/options.json" > "$WORK/result.json"
}

ask() { # EXPRESSION over r, the result, and b, the bad cells
	python3 -c "
import json
r, b = json.load(open('$WORK/result.json')), json.load(open('$WORK/bad.json'))
print($1)"
}

tests/gen_office_sheet.py "$WORK/good.xlsx" > "$WORK/bad.json"
look "$WORK/good.xlsx" '{}'
is "every row of an office's sheet is understood" "$(ask "r['counts']")" "{'new': 223, 'changed': 0, 'unchanged': 0, 'refused': 0}"
is "its sum and its note are passed over" "$(ask "[s['why'] for s in r['skipped']]")" "['合计行', '表下说明']"
is "an item comes of each" "$(ask "len(r['items'])")" 223

tests/gen_office_sheet.py "$WORK/again.xlsx" > /dev/null
cmp -s "$WORK/good.xlsx" "$WORK/again.xlsx"
result $? "the same sheet is made each time"

tests/gen_office_sheet.py "$WORK/sheet.xlsx" --bad 5 > "$WORK/bad.json"
look "$WORK/sheet.xlsx" '{}'
is "five bad rows are refused, and only these" "$(ask "r['counts']")" "{'new': 218, 'changed': 0, 'unchanged': 0, 'refused': 5}"
is "each at its cell" "$(ask "[(x['row'], x['reasons'][0]['column']) for x in r['rows'] if x['reasons']] == [(x['row'], x['column']) for x in b]")" True

look "$WORK/sheet.xlsx" "$(ask "json.dumps({b[0]['row']: {b[0]['column']: '9.5亿元'}})")"
is "one that is mended is understood" "$(ask "r['counts']['refused']")" 4
look "$WORK/sheet.xlsx" "$(ask "json.dumps({x['row']: {x['column']: t} for x, t in zip(b, ['9.5亿元', '2023.12.1', '建设', '丙项目', '已完成'])})")"
is "mended all, none is left" "$(ask "r['counts']['refused']")" 0

# What came of it, and the same sheet once more: nothing changes.
python3 - "$WORK" <<- 'END'
	import json, sys
	work = sys.argv[1]
	options, result = json.load(open(work + "/options.json")), json.load(open(work + "/result.json"))
	options["document"]["projects"] += [item["body"] for item in result["items"]]
	json.dump(options, open(work + "/options.json", "w"))
END
"$O/tests/intake_look" "$WORK/sheet.xlsx" "$WORK/options.json" > "$WORK/result.json"
is "imported twice, it changes nothing" "$(ask "r['counts']['unchanged']")" 223
is "and nothing is written" "$(ask "len(r['items'])")" 0

finish
