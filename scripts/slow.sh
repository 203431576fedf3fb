# shellcheck shell=bash
# shellcheck disable=SC2154
# Sourced by test.sh: the parts of the slow suite. Each is a function part_NAME that fails where it finds something.

slow_parts=(dev asan tsan fuzz same long install docs tidy mutants)

says_of_part() {
  case "$1" in
    dev) echo "every test, invariants checked" ;;
    asan) echo "the same under the sanitizers for addresses and undefined behaviour" ;;
    tsan) echo "all that runs threads, under the thread sanitizer" ;;
    fuzz) echo "made-up inputs, ${CWTSIM_FUZZ_SECONDS:-20} seconds a target" ;;
    same) echo "the same bytes from other compilers, optimisations and processors" ;;
    long) echo "tests tagged [.slow]" ;;
    install) echo "Debian packages, the manual page and completion in every reader, dpkg's lock" ;;
    docs) echo "the public headers as Doxygen reads them, without a warning" ;;
    tidy) echo "clang-tidy over every source" ;;
    mutants) echo "one thing taken out or turned round at a time, ${CWTSIM_MUTANTS:-8} of each kind: a test fails" ;;
  esac
}

part_dev() {
  build dev
  run_tests dev
}

part_asan() {
  build asan
  run_tests asan
}

# The sanitizers' libraries are a package of their own on some systems, recommended by the compiler, not needed by it.
install_clang() {
  install_missing clang "$@"
  if ! clang++ -fsanitize=thread -x c++ - -o /dev/null <<< 'int main() {}' 2> /dev/null; then
    install_missing "libclang-rt-$(clang -dumpversion | cut -d . -f 1)-dev"
  fi
}

# Replications run in oneTBB; the sanitizer must see into it, or it calls its hand-overs races. Where its source cannot
# be had they run on plain threads, which is less.
part_tsan() {
  install_clang xz-utils
  local threads=(-DCWTSIM_PLAIN_THREADS=OFF "-DTBB_DIR=$PWD/build/tsan-tbb/install/lib/cmake/TBB")
  if ! scripts/instrumented_tbb.sh; then
    echo "The source of oneTBB cannot be had: the thread sanitizer watches plain threads instead."
    threads=(-DCWTSIM_PLAIN_THREADS=ON -UTBB_DIR)
  fi
  cmake --preset tsan "${launcher[@]}" "${threads[@]}" >&2
  build tsan cwtsim experiment_tests study_tests determinism_tests cli_tests golden_tests
  # What a program says that the sanitizer stopped is not what a test expects, so a race anywhere fails one. The sanitizer
  # keeps a signal back while a program reads: whoever waits there for one, on a single thread, waits for ever.
  TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" run_tests tsan --repeat until-fail:3 -L '^(experiment|study|determinism|cli|golden)$' \
    -E 'a signal ends what waits for standard input|the time limit holds before anything is run'
}

part_fuzz() {
  install_clang
  local targets
  mapfile -t targets < <(cd fuzz && printf '%s\n' *_fuzz.cpp | sed 's/\.cpp$//')
  build fuzz "${targets[@]}"
  mkdir -p build/fuzz/found
  fuzz/dictionary.sh > build/fuzz/words.dict
  local source name failed=0
  for source in fuzz/*_fuzz.cpp; do
    name=$(basename "$source" _fuzz.cpp)
    mkdir -p "build/fuzz/corpus/$name"  # what it finds goes to the first folder
    "build/fuzz/fuzz/${name}_fuzz" -max_total_time="${CWTSIM_FUZZ_SECONDS:-20}" -timeout=20 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
      -dict=build/fuzz/words.dict -artifact_prefix="$PWD/build/fuzz/found/$name-" "$PWD/build/fuzz/corpus/$name" "$PWD/fuzz/corpus/$name" \
      > "build/fuzz/$name.log" 2>&1 || failed=1
    grep -E 'stat::number_of_executed_units|stat::peak_rss_mb|ERROR|SUMMARY|Test unit written' "build/fuzz/$name.log" || tail -n 20 "build/fuzz/$name.log"
  done
  return "$failed"
}

part_same() {
  install_missing clang
  scripts/same_bytes.sh
}

part_long() {
  local folders folder failed=0
  mapfile -t folders < <(grep -lE '\[\.slow\]' tests/*/*_test.cpp | xargs -r -n 1 dirname | xargs -r -n 1 basename | sort -u)
  if [ ${#folders[@]} = 0 ]; then
    echo "No test is tagged [.slow]."
    return 1
  fi
  build long "${folders[@]/%/_tests}"
  for folder in "${folders[@]}"; do
    "build/long/tests/${folder}_tests" '[.slow]' --durations yes || failed=1
  done
  return "$failed"
}

part_install() {
  tests/install/lock_test.sh
  tests/install/deb_test.sh
  install_missing bash zsh fish groff man-db mandoc
  build dev cwtsim cli_tests install_tests
  CWTSIM_ALL_READERS=1 build/dev/tests/cli_tests "the manual page*,bash*,zsh*,fish*"
  build/dev/tests/install_tests
}

# A field or an operator whose name says it all needs no line of its own, nor has a usual function of a container or of what
# declares its fields.
part_docs() {
  install_missing doxygen
  rm -rf build/docs
  mkdir -p build/docs
  doxygen
  if grep -vE '\((variable|enumvalue)\)|operator|&&\) noexcept|(empty|size|begin|end|fields|ratios)\(\)' build/docs/warnings; then
    return 1
  fi
  echo "No warning. The pages begin at build/docs/html/index.html."
}

part_tidy() {
  install_missing clang clang-tidy
  # clang's own warnings are found too; the tests hold macros that are not ours to change
  cmake -S . -B build/tidy -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=clang++ -DCWTSIM_TESTS=OFF >&2
  scripts/tidy.py build/tidy
}

part_mutants() {
  scripts/mutants.sh --sample "${CWTSIM_MUTANTS:-8}"
}

# run_slow [PART...]: the parts named, or all of them; a table at the end; fails where one has.
run_slow() {
  local part parts=("$@") lines=() failed=0 status start
  [ $# -gt 0 ] || parts=("${slow_parts[@]}")
  for part in "${parts[@]}"; do
    printf '\n== %s: %s\n' "$part" "$(says_of_part "$part")"
    start=$SECONDS
    set +e
    (set -e && "part_$part")
    status=$?
    set -e
    [ "$status" = 0 ] || failed=1
    lines+=("$(printf '%-8s%-7s %6d s  %s' "$part" "$([ "$status" = 0 ] && echo passed || echo FAILED)" $((SECONDS - start)) "$(says_of_part "$part")")")
  done
  printf '\n%s\n' "The slow suite"
  printf '%s\n' "${lines[@]}"
  return "$failed"
}
