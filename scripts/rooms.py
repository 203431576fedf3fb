#!/usr/bin/env python3
"""Draws the rooms of the house from their #include lines.

    scripts/rooms.py [--write] [TOP]

Prints what belongs between the marks in docs/architecture.md; --write puts it there. TOP is the folder of the project
(this one). Ends with 1, naming the ring, where rooms use each other in a ring.
"""

import re
import sys
from pathlib import Path

START = "<!-- drawn by scripts/rooms.py: from here -->"
END = "<!-- drawn by scripts/rooms.py: to here -->"
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def read(top):
    """For each room: the rooms that its public headers use, those that any of its files uses, and its libraries."""
    by_headers, by_all, libraries = {}, {}, {}
    for folder in ("include/cwtsim", "sim"):
        for path in sorted((top / folder).glob("*/**/*.[ch]pp")):
            room = path.relative_to(top / folder).parts[0]
            for of in (by_headers, by_all, libraries):
                of.setdefault(room, set())
            for quote, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
                parts = name.split("/")
                if parts[0] == "cwtsim" and len(parts) > 2:
                    used = {parts[1]} - {room}
                    by_all[room] |= used
                    by_headers[room] |= used if folder != "sim" else set()
                elif quote == "<" and len(parts) > 1 and parts[0] != "sys":
                    libraries[room].add("/".join(parts[:2]) if parts[0] == "boost" else parts[0])
    return by_headers, by_all, libraries


def from_the_top(uses):
    """The rooms, each before those that it uses, and what each of them comes to."""
    below = {}

    def reach(room, way):
        if room in way:
            sys.exit("rooms use each other in a ring: " + " > ".join(way[way.index(room) :] + [room]))
        if room not in below:
            below[room] = set().union(*({used} | reach(used, way + [room]) for used in sorted(uses.get(room, ()))))
        return below[room]

    for room in uses:
        reach(room, [])
    return sorted(uses, key=lambda room: (-len(below[room]), room)), below


def drawn(top):
    by_headers, by_all, libraries = read(top)
    order, below = from_the_top(by_all)
    lines = ["```mermaid", "flowchart TD"]
    for room in order:
        by_way_of_others = set().union(*(below[used] for used in by_all[room]))
        for used in order:
            if used in by_all[room] - by_way_of_others:
                lines.append(f"  {room} {'-->' if used in by_headers[room] else '-.->'} {used}")
    lines += ["```", ""]
    lines += ["| room | its headers use | its sources use too | libraries |", "|---|---|---|---|"]
    for room in order:
        headers = [other for other in order if other in by_headers[room]]
        sources = [other for other in order if other in by_all[room] - by_headers[room]]
        names = [f"`{name}`" for name in sorted(libraries[room])]
        lines.append("| " + " | ".join([f"`{room}`"] + [", ".join(cell) or "–" for cell in (headers, sources, names)]) + " |")
    return "\n".join(lines) + "\n"


def main(arguments):
    write = "--write" in arguments
    places = [argument for argument in arguments if argument != "--write"]
    top = Path(places[0]) if places else Path(__file__).resolve().parent.parent
    picture = drawn(top)
    if not write:
        sys.stdout.write(picture)
        return
    page = top / "docs/architecture.md"
    text = page.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    page.write_text(f"{before}{START}\n\n{picture}\n{END}{after}", encoding="utf-8")


main(sys.argv[1:])
