#!/usr/bin/env bash
# Installs what is missing, builds, and runs the program with the arguments given; without any, West London.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
called_from=$PWD
cd "$here"
. scripts/packages.sh
install_missing "${base_packages[@]}"
build release cwtsim
if [ $# -eq 0 ]; then
  exec build/release/cwtsim run scenarios/west-london.json --replications 20 --out outputs/west-london --force
fi
# Paths among the arguments are meant from where the command was given.
cd "$called_from"
exec "$here/build/release/cwtsim" "$@"
