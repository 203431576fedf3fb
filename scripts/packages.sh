# shellcheck shell=bash
# Sourced by run.sh and test.sh: installs what is missing on Debian and Ubuntu, and builds a preset.

# The packages among the arguments that are not there. A program may have come from elsewhere: then its package is not needed.
missing_packages() {
  local package program
  for package in "$@"; do
    case "$package" in
      g++ | cmake | clang | python3) program=$package ;;
      ninja-build) program=ninja ;;
      *) program= ;;
    esac
    if [ -n "$program" ] && command -v "$program" > /dev/null; then continue; fi
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || echo "$package"
  done
}

install_missing() {
  if ! command -v dpkg-query > /dev/null; then
    echo "This is neither Debian nor Ubuntu: please see that these are installed: $*" >&2
    return 0
  fi
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Installing ${missing[*]} ..." >&2
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null; then
      echo "Please install, as root: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}")
  # Package lists may be there or not; without them the first try fails, and the second one says why.
  "${install[@]}" > /dev/null 2>&1 && return 0
  "${as_root[@]}" apt-get update -q >&2
  "${install[@]}" >&2
}

launcher=()
if command -v ccache > /dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi

# build PRESET [TARGET...]: configures once, then builds what changed. All that is said goes to stderr.
build() {
  local preset=$1
  shift
  if [ ! -f "build/$preset/build.ninja" ]; then cmake --preset "$preset" "${launcher[@]}" >&2; fi
  cmake --build "build/$preset" ${1:+--target "$@"} >&2
}

# shellcheck disable=SC2034
base_packages=(g++ cmake ninja-build libtbb-dev libboost-dev nlohmann-json3-dev libcli11-dev libfmt-dev librandom123-dev)
# shellcheck disable=SC2034
test_packages=(catch2 valgrind python3)
