#!/bin/bash
# The JSON Schema of content documents and src/content say the same of the same
# documents; and the schema in assets/ is the one that src/content's tables give.
. "$(dirname "$0")/lib.sh"

readonly SCHEMA=assets/schema/content.schema.json

python=/usr/bin/python3 # Debian's, which has python3-jsonschema
"$python" tests/flow/schema_cases.py "$SCHEMA" "$WORK" > "$WORK/cases.tsv"
result $? "the schema is a schema, and reads every case"

"$O/tests/gen_schema" | cmp - "$SCHEMA" >&2
result $? "the schema is what tests/gen_schema writes today"

"$python" - "$SCHEMA" assets/demo/content.json <<-'EOT' >&2
	import json, jsonschema, sys
	schema, document = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
	jsonschema.Draft202012Validator(schema).validate(document)
EOT
result $? "the schema accepts the demo's content"

# What src/content and the schema must say, by the case's verdict.
declare -A check_must=([fine]=fine [refused]=refused [unsayable]=refused)
declare -A schema_must=([fine]=fine [refused]=refused [unsayable]=fine)
cases=0
while IFS=$'\t' read -r n verdict schema_said what; do
	cases=$((cases + 1))
	check_said=refused
	"$O/fangzi-sign" check "$WORK/$n.json" > "$WORK/said" 2>&1 && check_said=fine
	[ "$check_said" = "${check_must[$verdict]}" ] && [ "$schema_said" = "${schema_must[$verdict]}" ]
	result $? "$verdict: $what" "schema: $schema_said; check: $check_said: $(head -n 1 "$WORK/said")"
done < "$WORK/cases.tsv"

[ "$cases" -ge 60 ]
result $? "there are 60 cases at least ($cases)"
finish
