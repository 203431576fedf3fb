#!/usr/bin/env python3
"""Is NEW faster or slower than OLD? Runs both in pairs, in random order, and gives the median ratio of their times with an interval.

    bench/compare.py OLD NEW [--pairs N] [--workload NAME]... [--tolerance F] [--wall] [-- ARGUMENTS]

OLD and NEW are each a program, a build folder with `cwtsim` in it, or a git revision, which is built in build/compare/. Both read the
scenarios of this checkout. ARGUMENTS are those of `cwtsim` and replace the workloads.

A time is the processor time of the whole program (--wall: on the wall, for runs with several threads). The interval is that of the
sign test: two order statistics of the ratios, exact for any distribution. Exit code 1: with --tolerance 0.05, a workload is slower by
more than 5 % and the interval lies above 1. 2: something could not be run.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # nothing is left in the source folders

import figures  # noqa: E402

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
scenarios = os.path.join(top, "scenarios")
workloads = {
    "pathway8": ["pathway8.json", "--replications", "4"],
    "mm1": ["mm1.json", "--replications", "20"],
    "booked": ["booked.json", "--replications", "2"],
    "west-london": ["west-london.json", "--replications", "1", "--set", "/horizon/run_for=2 years"],
}


class CannotRun(Exception):
    pass


def checked(command, **more):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    except FileNotFoundError:
        raise CannotRun("there is no program %s here" % command[0])
    if done.returncode != 0:
        raise CannotRun("%s: %s" % (" ".join(command), done.stdout[-2000:]))
    return done.stdout


def build(revision):
    """The program of a git revision; kept by its commit for the next time."""
    commit = checked(["git", "-C", top, "rev-parse", "--verify", "--quiet", revision + "^{commit}"]).strip()
    source = os.path.join(top, "build", "compare", commit[:12])
    folder = os.path.join(source, "build", "bench")
    program = os.path.join(folder, "cwtsim")
    if os.path.exists(program):
        return program
    print("building %s (%s) ..." % (revision, commit[:12]), file=sys.stderr)
    os.makedirs(source, exist_ok=True)
    archive = subprocess.run(["git", "-C", top, "archive", commit], stdout=subprocess.PIPE, check=True)
    subprocess.run(["tar", "-x", "-C", source], input=archive.stdout, check=True)
    options = ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O3 -DNDEBUG", "-DCWTSIM_TESTS=OFF"]
    if shutil.which("ccache"):  # what the revisions have in common is compiled once
        options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    surroundings = dict(os.environ, CCACHE_BASEDIR=source, CCACHE_NOHASHDIR="1")
    checked(["cmake", "-G", "Ninja", "-S", source, "-B", folder, *options], env=surroundings)
    checked(["cmake", "--build", folder, "--target", "cwtsim"], env=surroundings)
    return program


def program_of(what):
    if os.path.isfile(what):
        return os.path.abspath(what)
    if os.path.isdir(what):
        program = os.path.join(os.path.abspath(what), "cwtsim")
        if os.path.isfile(program):
            return program
        raise CannotRun("%s: there is no cwtsim in it" % what)
    try:
        return build(what)
    except CannotRun as error:
        raise CannotRun("%s is neither a program, nor a folder, nor a revision that builds: %s" % (what, error)) from None


def timed(command, wall):
    """Seconds that the command took, and what it said."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    if done.returncode != 0:
        raise CannotRun("%s: exit code %d: %s" % (" ".join(command), done.returncode, done.stderr.decode(errors="replace")[-1000:]))
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - began if wall else used, done.stdout


def compare(old, new, arguments, pairs, wall, dice):
    """Ratios of times (new over old), a pair each, and whether both said the same."""
    same = timed([old, *arguments], wall)[1] == timed([new, *arguments], wall)[1]  # and the files are in memory now
    ratios = []
    for _ in range(pairs):
        order = [("old", old), ("new", new)]
        dice.shuffle(order)
        took = {name: timed([program, *arguments], wall)[0] for name, program in order}
        ratios.append(took["new"] / took["old"])
    return ratios, same


def main(words):
    own, extra = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--workload", action="append", choices=sorted(workloads))
    parser.add_argument("--tolerance", type=float)
    parser.add_argument("--wall", action="store_true")
    asked = parser.parse_args(own)
    if asked.pairs < 1:
        parser.error("--pairs: at least 1")
    runs = {name: ["run", os.path.join(scenarios, workloads[name][0]), *workloads[name][1:], "--threads", "1", "--quiet"]
            for name in asked.workload or workloads}
    if extra:
        runs = {" ".join(extra): extra}
    try:
        old, new = program_of(asked.old), program_of(asked.new)
        dice = random.Random()
        failed = False
        print("new over old, of %d pairs; %s time" % (asked.pairs, "wall" if asked.wall else "processor"))
        for name, arguments in runs.items():
            ratios, same = compare(old, new, arguments, asked.pairs, asked.wall, dice)
            middle = figures.median(ratios)
            low, high, confidence = figures.sign_interval(ratios)
            word = ""
            if asked.tolerance is not None and figures.slower(low, middle, asked.tolerance):
                failed, word = True, "  SLOWER"
            print("%-14s %.3f  (%.3f to %.3f, %.1f %% sure)  %s%s" %
                  (name, middle, low, high, 100 * confidence, "same output" if same else "different output", word), flush=True)
        return 1 if failed else 0
    except CannotRun as error:
        print("compare.py: %s" % error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
