#!/usr/bin/env bash
# Installs what is missing, builds and runs the tests. --slow: and all that takes long; or only the parts named
# (dev asan tsan fuzz same long install docs tidy mutants). CONTRIBUTING.md says what each is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/packages.sh
. scripts/slow.sh

usage() {
  echo "usage: ./test.sh [--slow [PART...]], with PART among: ${slow_parts[*]}" >&2
  exit 2
}

slow=no
if [ $# -gt 0 ]; then
  [ "$1" = --slow ] || usage
  slow=yes
  shift
  for part in "$@"; do [[ " ${slow_parts[*]} " == *" $part "* ]] || usage; done
fi

# run_tests PRESET [OPTION...]: everything ctest says, then its closing line once more, so that it is the last.
run_tests() {
  local log="build/$1/ctest.log" status=0
  ctest --preset "$1" -j2 "${@:2}" 2>&1 | tee "$log" || status=$?
  grep -E '[0-9]+% tests passed' "$log" | tail -n 1 || true
  return "$status"
}

install_missing "${base_packages[@]}" "${test_packages[@]}"
if [ "$slow" = yes ]; then
  run_slow "$@"
else
  part_dev
fi
