#!/usr/bin/env bash
# Builds a oneTBB that the thread sanitizer can see into, from the distribution's source package, in
# build/tsan-tbb. Says nothing on stdout; fails if the source cannot be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
place=$PWD/build/tsan-tbb
if [ -e "$place/install/done" ]; then exit 0; fi
mkdir -p "$place/apt/lists/partial" "$place/apt/archives/partial" "$place/source"

# Lists of source packages of our own, from the archives that the machine takes its packages from: its own lists stay.
# shellcheck disable=SC2016
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u > "$place/apt/sources.list"
apt_ours=(apt-get -q -o "Dir::Etc::SourceList=$place/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
  -o "Dir::State::Lists=$place/apt/lists" -o "Dir::Cache=$place/apt" -o APT::Sandbox::User=root)
version=$(dpkg-query -W -f='${source:Version}' libtbb-dev)
"${apt_ours[@]}" update >&2
(cd "$place" && "${apt_ours[@]}" source --download-only "onetbb=$version" >&2)
tar -xf "$place"/onetbb_*.orig.tar.* -C "$place/source" --strip-components=1
cmake -S "$place/source" -B "$place/build" -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DTBB_TEST=OFF -DTBB_STRICT=OFF -DTBBMALLOC_BUILD=OFF -DTBB_SANITIZE=thread -DCMAKE_INSTALL_PREFIX="$place/install" >&2
cmake --build "$place/build" >&2
cmake --install "$place/build" >&2
touch "$place/install/done"
