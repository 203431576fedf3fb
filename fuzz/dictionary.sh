#!/usr/bin/env bash
# Words of the scenario language for libFuzzer, taken from the schema that is made from the declared fields.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
grep -oE '"[A-Za-z_][A-Za-z0-9_ -]{0,30}"' docs/scenario.schema.json | sort -u | sed 's/"\(.*\)"/"\\"\1\\""/'
printf '%s\n' '"\"extends\": \"base.json\""' '"\x0a%%\x0a"' '"set /"' '"scale /"' '"add /"' '"/*/"' '"\"by\": ["' '"\"otherwise\""' '"2026-04-01"' \
  '"mon-fri"' '"09:00"' '"30 min"' '"7 days"' '"1 year"' '"1e308"' '"1e-308"' '"-1"' '"9223372036854775807"' '"\\u0000"' '"null"'
