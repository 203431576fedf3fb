#!/usr/bin/env bash
# Installs what is missing, builds and runs the tests. --slow: under the sanitizers for
# addresses, undefined behaviour and threads too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/packages.sh

slow=no
case "${1:-}" in
  "") ;;
  --slow) slow=yes ;;
  *) echo "usage: ./test.sh [--slow]" >&2; exit 2 ;;
esac

# run_tests PRESET: everything ctest says, then its closing line once more, so that it is the last.
run_tests() {
  local log="build/$1/ctest.log" status=0
  ctest --preset "$1" -j2 2>&1 | tee "$log" || status=$?
  grep -E '[0-9]+% tests passed' "$log" | tail -n 1 || true
  return "$status"
}

install_missing "${base_packages[@]}" "${test_packages[@]}"
if [ "$slow" = yes ]; then install_missing clang; fi
failed=0
if [ "$slow" = yes ]; then
  build asan
  run_tests asan || failed=1
  # Everything that runs threads is in these; under this sanitizer they are plain threads instead of oneTBB's.
  build tsan experiment_tests
  build/tsan/tests/experiment_tests || failed=1
fi
build dev
run_tests dev || failed=1
exit "$failed"
