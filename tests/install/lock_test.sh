#!/usr/bin/env bash
# While another program holds dpkg's lock, what installs packages waits for it; without patience it fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [ "$(id -u)" != 0 ] || ! command -v dpkg-query > /dev/null; then
  echo "Only root, on Debian or Ubuntu, can hold dpkg's lock: nothing was checked."
  exit 0
fi

held=5
# hold_lock: takes it as apt does, says so, and gives it back after a while.
hold_lock() {
  python3 - "$held" << 'CODE'
import fcntl, sys, time
lock = open("/var/lib/dpkg/lock-frontend", "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(float(sys.argv[1]))
CODE
}

# patient SECONDS: installs something that is there already, which takes the lock and changes nothing.
patient() (
  export CWTSIM_LOCK_SECONDS=$1
  . scripts/packages.sh
  missing_packages() { echo dpkg; }
  update_lists() { true; }
  install_missing dpkg
)

exec 3< <(hold_lock)
read -r -u 3
if patient 0 > /dev/null 2>&1; then
  echo "It had the lock while somebody else held it."
  exit 1
fi
start=$SECONDS
patient 60
waited=$((SECONDS - start))
if [ "$waited" -lt 2 ]; then
  echo "It waited $waited s for a lock held for $held s."
  exit 1
fi
echo "It waited $waited s for a lock held for $held s."
