#!/usr/bin/env bash
# Makes the packages of a release build, unpacks them, and looks whether what they hold works. From ./test.sh --slow install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/packages.sh
install_missing "${base_packages[@]}" dpkg-dev gzip
place=$PWD/build/release/packages
version=$(sed -n 's/^project(cwtsim VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)

fail() {
  echo "$*"
  exit 1
}
# field PACKAGE NAME
field() { dpkg-deb -f "$1" "$2"; }
# holds WHERE PATTERN: some path there is like this
holds() { [ -n "$(find "$1" -path "$1/$2" | head -n 1)" ] || fail "there is no $2"; }

build release
rm -rf "$place"
(cd build/release && cpack -G DEB > cpack.log) || fail "$(cat build/release/cpack.log)"
program=("$place"/cwtsim_"$version"_*.deb) library=("$place"/libcwtsim-dev_"$version"_*.deb)
for package in "${program[0]}" "${library[0]}"; do
  [ -f "$package" ] || fail "there is no $package"
  dpkg-deb -x "$package" "$place/unpacked"
done

# What the program needs at run time is what it is linked with, as the system's own packages name it.
needs=$(field "${program[0]}" Depends)
for needed in libc6 libstdc++6 libfmt libssl libtbb; do [[ "$needs" == *"$needed"* ]] || fail "it does not depend on $needed: $needs"; done
[[ "$(field "${library[0]}" Depends)" == "libfmt-dev, libssl-dev, libtbb-dev" ]] || fail "the library depends on $(field "${library[0]}" Depends)"
[ "$(field "${program[0]}" Section) $(field "${library[0]}" Section)" = "science libdevel" ] || fail "the sections are wrong"
[[ "$(field "${program[0]}" Description)" == "cancer-waiting-times simulator"$'\n'*pathway* ]] || fail "the description is $(field "${program[0]}" Description)"
[ "$(field "${program[0]}" Version)" = "$version" ] || fail "the version is $(field "${program[0]}" Version)"

root=$place/unpacked/usr
for path in "share/man/man1/cwtsim.1.gz" share/bash-completion/completions/cwtsim share/zsh/vendor-completions/_cwtsim \
  share/fish/vendor_completions.d/cwtsim.fish share/doc/cwtsim/copyright share/doc/cwtsim/NOTICE \
  share/cwtsim/scenarios/west-london.json include/cwtsim/cwtsim.hpp 'lib*/cmake/cwtsim/cwtsim-config.cmake' 'lib*/libcwtsim.a'; do
  holds "$root" "$path"
done
[ "$(zcat "$root/share/man/man1/cwtsim.1.gz")" = "$("$root/bin/cwtsim" help man)" ] || fail "the manual page is not the program's"
[ "$("$root/bin/cwtsim" --version)" = "cwtsim $version" ] || fail "the program is not of this version"
"$root/bin/cwtsim" run "$root/share/cwtsim/scenarios/tiny.json" --replications 2 --quiet > "$place/report" || fail "the program does not run"
grep -q "28-day faster diagnosis" "$place/report" || fail "$(cat "$place/report")"

# Hardened: laid out anew at every start, its table of functions closed before it begins, the stack guarded.
readelf --wide --file-header --dynamic --program-headers --dyn-syms "$root/bin/cwtsim" > "$place/elf"
for mark in 'Type: *DYN' GNU_RELRO 'FLAGS.*BIND_NOW' __stack_chk_fail '__[a-z]*_chk'; do
  grep -qE "$mark" "$place/elf" || fail "the program is not hardened: no $mark"
done
# The library, from where it was unpacked.
cmake -S tests/install/consumer -B "$place/consumer" -G Ninja "-DCMAKE_PREFIX_PATH=$root" > "$place/consumer.log" 2>&1 || fail "$(cat "$place/consumer.log")"
cmake --build "$place/consumer" > "$place/consumer.log" 2>&1 || fail "$(cat "$place/consumer.log")"
"$place/consumer/consumer" "$root/share/cwtsim/scenarios/tiny.json" | grep -q "^fds .* of them in time" || fail "the consumer says something else"
dpkg-deb -f "${program[0]}"
echo "Both packages hold what they should, and the program in them runs."
