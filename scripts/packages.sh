# shellcheck shell=bash
# Sourced by run.sh and test.sh: installs what is missing on Debian and Ubuntu, and builds a preset. Written for bash 3.2
# too, which is what macOS has: no mapfile, and an empty array is looked into by ${a[@]+"${a[@]}"}. The slow suite asks
# for a newer one.

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

# How long to wait for another program that installs something (unattended upgrades after a start, mostly).
lock_seconds=${CWTSIM_LOCK_SECONDS:-600}

# update_lists APT_GET...: the lists of packages; apt waits for their lock by itself no more than a moment.
update_lists() {
  local said until=$((SECONDS + lock_seconds))
  while ! said=$("$@" update 2>&1); do
    if [[ "$said" != *"Could not get lock"* ]] || [ "$SECONDS" -ge "$until" ]; then
      echo "$said"
      return 1
    fi
    sleep 2
  done
}

install_missing() {
  if ! command -v dpkg-query > /dev/null; then
    echo "This is neither Debian nor Ubuntu: please see that these are installed: $*" >&2
    return 0
  fi
  local package missing=() as_root=()
  while IFS= read -r package; do missing+=("$package"); done < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Installing ${missing[*]} ..." >&2
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null; then
      echo "Please install, as root: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  local apt_get=(${as_root[@]+"${as_root[@]}"} env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q -o "DPkg::Lock::Timeout=$lock_seconds")
  local install=("${apt_get[@]}" install -y --no-install-recommends "${missing[@]}")
  # Package lists may be there or not; without them the first try fails, and the second one says why.
  "${install[@]}" > /dev/null 2>&1 && return 0
  update_lists "${apt_get[@]}" >&2
  "${install[@]}" >&2
}
launcher=()
if command -v ccache > /dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi

# build PRESET [TARGET...]: configures once, then builds what changed. All that is said goes to stderr.
build() {
  local preset=$1
  shift
  if [ ! -f "build/$preset/build.ninja" ]; then cmake --preset "$preset" ${launcher[@]+"${launcher[@]}"} >&2; fi
  cmake --build "build/$preset" ${1:+--target "$@"} >&2
}

# shellcheck disable=SC2034
base_packages=(g++ cmake ninja-build libtbb-dev libssl-dev libboost-dev nlohmann-json3-dev libcli11-dev libfmt-dev librandom123-dev)
# shellcheck disable=SC2034
test_packages=(catch2 valgrind python3)
