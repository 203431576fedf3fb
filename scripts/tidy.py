#!/usr/bin/env python3
"""Runs clang-tidy, by .clang-tidy, over the sources that a build compiles and through them over the headers.

    scripts/tidy.py BUILD [NAME]...

BUILD is a folder with compile_commands.json; with names, only sources with one of them in their path. What was clean
is passed over until it, a header that it includes, the options of its compiler or .clang-tidy have changed. Ends with
1 where something is found, and says how often each check found something.
"""

import collections
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FINDING = re.compile(r"^\S+:\d+:\d+: (?:warning|error): .* \[([\w.,-]+)\]$", re.MULTILINE)


def state_of(entry):
    """A checksum of all that a verdict hangs on: the source with its headers and comments, the checks, the options."""
    words = shlex.split(entry["command"])
    output = words.index("-o")
    words = words[:output] + words[output + 2 :]
    seen = subprocess.run(
        [word for word in words if word != "-c"] + ["-E", "-C", "-P"], cwd=entry["directory"], capture_output=True, check=True
    ).stdout
    return hashlib.sha256(seen + (TOP / ".clang-tidy").read_bytes() + " ".join(words).encode()).hexdigest()


def look_at(entry, build):
    """What clang-tidy says of a source; nothing where it is clean."""
    stamp = build / "clean" / state_of(entry)
    if stamp.exists():
        return ""
    said = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), entry["file"]], capture_output=True, text=True, check=False)
    if said.returncode == 0:
        stamp.touch()
        return ""
    return said.stdout or said.stderr


def main(build, names):
    build = Path(build).resolve()
    (build / "clean").mkdir(exist_ok=True)
    entries = [
        entry
        for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
        if "/generated/" not in entry["file"] and (not names or any(name in entry["file"] for name in names))
    ]
    found = {}
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for entry, said in zip(entries, pool.map(lambda entry: look_at(entry, build), entries)):
            if said:
                # a header's finding comes with every source that includes it
                new = [part for part in re.split(r"(?m)^(?=\S+:\d+:\d+: (?:warning|error): )", said) if part not in found]
                found.update((part, FINDING.findall(part)) for part in new)
                sys.stdout.write("".join(new))
                sys.stdout.flush()
    checks = collections.Counter(check.split(",")[0] for named in found.values() for check in named)
    for check, number in checks.most_common():
        print(f"{number:6} {check}")
    print(f"{len(entries)} sources, {sum(checks.values())} findings")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
