#!/usr/bin/env bash
# Builds the program by two compilers with several optimisations, and runs three scenarios with each, on several
# numbers of threads and as if the processor had no fused multiply-add: every table and report must be the same bytes.
# With names of builds (g++-O0, clang-O3 ...): those alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/packages.sh
place=$PWD/build/same
mkdir -p "$place"

# glibc has other versions of exp, log and pow for such processors, with other last bits.
old_processor=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX,-AVX512F,-AVX512VL,-AVX2_Usable,-AVX_Usable,-FMA_Usable,-FMA4_Usable,-AVX512F_Usable

# shows_other_bits: whether that can be seen here at all.
shows_other_bits() {
  cat > "$place/bits.cpp" <<'CODE'
#include <cmath>
#include <cstdio>
int main() {
  double sum = 0;
  for (int i = 1; i < 1000000; ++i) {
    volatile double x = i * 0.7123;
    sum += std::log(x) * std::exp(-x * 1e-6) + std::pow(x, 0.3) + std::cos(x);
  }
  std::printf("%a\n", sum);
}
CODE
  g++ -O1 "$place/bits.cpp" -o "$place/bits"
  [ "$("$place/bits")" != "$(GLIBC_TUNABLES=$old_processor "$place/bits")" ]
}

# program_of NAME COMPILER FLAGS: builds it where it is not up to date.
program_of() {
  if [ ! -f "$place/$1/build.ninja" ]; then
    cmake -S . -B "$place/$1" -G Ninja "${launcher[@]}" -DCWTSIM_TESTS=OFF -DCMAKE_BUILD_TYPE=None "-DCMAKE_CXX_COMPILER=$2" "-DCMAKE_CXX_FLAGS=$3" >&2
  fi
  cmake --build "$place/$1" --target cwtsim >&2
}

runs=(
  "tiny scenarios/tiny.json --replications 7"
  "everything tests/determinism/everything.json --replications 5"
  "west-london scenarios/west-london.json --replications 3 --set /horizon/warm_up=3~months --set /horizon/run_for=6~months"
)

# digest PROGRAM RUN THREADS: of the report and every table.
digest() {
  local words
  read -ra words <<< "$2"
  words=("${words[@]//\~/ }")
  rm -rf "$place/out"
  "$1" run "${words[@]:1}" --seed 11 --threads "$3" --quiet --out "$place/out" > "$place/report"
  (cat "$place/report" && cd "$place/out" && cat ./*.csv) | sha256sum | cut -c 1-16
}

failed=0
declare -A expected=()
compare() {
  local name=${2%% *} found
  found=$(digest "$place/$1/cwtsim" "$2" "$3")
  printf '%-12s %-22s %d threads  %s%s\n' "$name" "$1" "$3" "$found" "$4"
  if [ -z "${expected[$name]:-}" ]; then
    expected[$name]=$found
  elif [ "$found" != "${expected[$name]}" ]; then
    printf '             differs from %s\n' "${expected[$name]}"
    failed=1
  fi
}

if shows_other_bits; then
  echo "This machine's exp, log, pow and cos give other bits without fused multiply-add."
else
  echo "This machine's exp, log, pow and cos give the same bits without fused multiply-add: that part shows nothing here."
fi
while read -r name compiler flags; do
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  program_of "$name" "$compiler" "$flags"
  for run in "${runs[@]}"; do
    for threads in 1 2 3 8; do compare "$name" "$run" "$threads" ""; done
    GLIBC_TUNABLES=$old_processor compare "$name" "$run" 2 "  without fused multiply-add"
  done
done <<'BUILDS'
g++-O3 g++ -O3 -DNDEBUG
g++-O0 g++ -O0
g++-O1 g++ -O1 -DCWTSIM_CHECKS=1
g++-O3-native g++ -O3 -march=native
clang-O3 clang++ -O3
clang-O0 clang++ -O0
BUILDS
exit "$failed"
