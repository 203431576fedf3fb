#!/usr/bin/env python3
"""Measures everything that the speed table promises and prints it in Markdown, each figure beside its aim.

    bench/table.py BUILD [--row NAME]... [--quick]

BUILD is the folder of the preset `bench` (build/bench). --row: ratios, west-london, growth, pending, threads, memory, start-up, pairing.
--quick: fewer rounds, to see that all works; its figures are worth little. A whole table takes about fifteen minutes.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is left in the source folders

import figures  # noqa: E402

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Bench:
    def __init__(self, folder, quick):
        self.folder, self.quick = folder, quick
        self.measure_program = os.path.join(folder, "bench", "cwtsim_measure")
        self.program = os.path.join(folder, "cwtsim")
        for program in (self.measure_program, self.program):
            if not os.path.exists(program):
                sys.exit("table.py: there is no %s: cmake --preset bench && cmake --build --preset bench" % program)

    def measure(self, *words):
        return json.loads(subprocess.run([self.measure_program, *map(str, words)], check=True, stdout=subprocess.PIPE).stdout)

    def rounds(self, usual):
        return max(1, usual // 3) if self.quick else usual


def row(what, aim, measured, reached=None):
    word = "" if reached is None else "yes" if reached else "**no**"
    print("| %s | %s | %s | %s |" % (what, aim, measured, word), flush=True)


def ratios(b):
    for name, aim, rounds in (("pathway8", 0.65, 15), ("mm1", 0.5, 25)):
        m = b.measure("ratio", name, "--rounds", b.rounds(rounds))
        row("`%s`, events per second against the loop by hand" % name, "at least %.2f" % aim,
            "%.2f (%.1f against %.1f ns an event)" % (m["ratio"], m["engine_ns"], m["hand_ns"]), m["ratio"] >= aim)
    for size, patients, rounds in ((1, "100,000", 9), (10, "1,000,000", 3)):
        m = b.measure("ratio", "booked", "--size", size, "--rounds", b.rounds(rounds))
        row("`booked`, %s patients, %s pending" % (patients, format(m["pending"], ",")), "at most 60 ns an event, at most 2 times the loop by hand",
            "%.1f ns, %.2f times (%.1f ns by hand)" % (m["engine_ns"], 1 / m["ratio"], m["hand_ns"]),
            m["engine_ns"] <= 60 and 1 / m["ratio"] <= 2)


def west_london(b):
    m = b.measure("once", "west-london", "--rounds", b.rounds(5))
    years = 6.5
    row("West London, one core: six and a half years with the warm-up, %s referrals, %.1f million events" % (format(m["referred"], ","), m["events"] / 1e6),
        "at most 1.5 s for five years and a million referrals, at most 75 ns an event",
        "%.2f s a replication; %.2f s for five years of it (%s referrals); %.0f ns an event" %
        (m["seconds"], m["seconds"] * 5 / years, format(m["measured_referrals"], ","), m["ns"]),
        m["seconds"] * 5 / years <= 1.5 and m["ns"] <= 75)


def growth(b):
    """West London for a year and a half with this much of its demand and capacity; each size in a process of its own."""
    sizes = [0.1, 0.3, 1, 3, 10]
    shorter = ["--set", "/horizon/warm_up=6 months", "--set", "/horizon/run_for=1 year"]
    found = {size: [] for size in sizes}
    for _ in range(b.rounds(5)):
        for size in random.sample(sizes, len(sizes)):
            found[size].append(b.measure("once", "west-london", "--size", size, "--rounds", 1, *shorter))
    patients = [found[s][0]["referred"] for s in sizes]
    seconds = [figures.median([m["seconds"] for m in found[s]]) for s in sizes]
    memory = [figures.median([m["workspace_bytes"] for m in found[s]]) for s in sizes]
    ns = [figures.median([m["ns"] for m in found[s]]) for s in sizes]
    time_grows, memory_grows = figures.exponent(patients, seconds), figures.exponent(patients, memory)
    row("its growth from 0.1 to 10 times the size (%s to %s referrals in a year and a half)" % (format(patients[0], ","), format(patients[-1], ",")),
        "exponents of time and memory at most 1.05",
        "time %.2f, memory %.2f; %s s; %s ns an event; %s MB" %
        (time_grows, memory_grows, ", ".join("%.2f" % s for s in seconds), ", ".join("%.0f" % n for n in ns), ", ".join("%.0f" % (m / 1e6) for m in memory)),
        time_grows <= 1.05 and memory_grows <= 1.05)
    row("bytes a patient in the system, West London at 10 times the size", "", "%.0f" % (memory[-1] / found[10][0]["still_in"]))


def pending(b):
    """booked for a year, its demand such that about so many patients are pending at the end, its pools large enough."""
    wanted = [10_000, 100_000, 1_000_000]
    found = {p: [] for p in wanted}
    for _ in range(b.rounds(3)):
        for p in random.sample(wanted, len(wanted)):
            a_year = p / (210 / 365.25) / 0.98
            pools = 2 if p == 10_000 else round(1.3 * a_year * 30 / 525_960)
            found[p].append(b.measure("once", "booked", "--rounds", 1, "--set", "/horizon/run_for=1 year",
                                      "--set", "/demand/bookings/per_year=%d" % a_year,
                                      "--set", "/providers/hospital/resources/*/servers=%d" % pools))
    ns = [figures.median([m["ns"] for m in found[p]]) for p in wanted]
    there = [format(found[p][0]["still_in"], ",") for p in wanted]
    row("`booked`, an event with %s, %s and %s pending" % tuple(there), "at most 1.5 times from first to last",
        "%s ns: %.2f times" % (", ".join("%.0f" % n for n in ns), ns[-1] / ns[0]), ns[-1] / ns[0] <= 1.5)
    calendar = os.path.join(b.folder, "bench", "cwtsim_bench")
    if os.path.exists(calendar):
        done = subprocess.run([calendar, "--benchmark_filter=^wheel/(10000|1000000)$", "--benchmark_format=json", "--benchmark_repetitions=5"],
                              check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        times = {m["run_name"]: m["cpu_time"] for m in json.loads(done.stdout)["benchmarks"] if m.get("aggregate_name") == "median"}
        small, large = times["wheel/10000"], times["wheel/1000000"]
        row("the event calendar alone, 10,000 and 1,000,000 pending", "at most 1.5 times", "%.1f and %.1f ns: %.2f times" % (small, large, large / small), large / small <= 1.5)


def threads(b):
    m = b.measure("threads", "west-london", "--replications", 4, "--rounds", b.rounds(7), "--set", "/horizon/run_for=1 year")
    row("four replications of West London on two cores against one", "at least 1.9 times",
        "%.2f times (%.2f against %.2f s)" % (m["ratio"], m["two_seconds"], m["one_seconds"]), m["ratio"] >= 1.9)


def peak_megabytes(command):
    """Of the whole program: asked of a process of its own, for a process knows only the largest of its children."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(subprocess.run([sys.executable, "-c", code, *command], check=True, stdout=subprocess.PIPE).stdout) * 1024 / 1e6


def memory(b):
    def run(count, replications):
        return peak_megabytes([b.program, "run", os.path.join(top, "scenarios", "west-london.json"), "--quiet", "--threads", str(count), "--replications", str(replications)])
    # On several threads results wait for their turn to be added up: the memory rises over the first few, and then no more.
    few, many = (6, 18) if b.quick else (12, 60)
    one, two, later = run(1, 2), run(2, few), run(2, many)
    row("memory of the whole program, West London", "at most 100 MB a thread, whatever the number of replications",
        "%.0f MB on one thread; %.0f on two with %d replications, %.0f with %d" % (one, two, few, later, many),
        one <= 100 and two <= 200 and later <= 1.1 * two)


def start_up(b):
    m = b.measure("startup", "west-london", "--rounds", b.rounds(31))
    row("start-up of West London", "at most 150 ms", "%.0f ms (read %.0f, validate %.0f, compile %.0f)" % (m["all_ms"], m["read_ms"], m["validate_ms"], m["compile_ms"]), m["all_ms"] <= 150)


levers = {
    "10 % more CT": "/providers/*/resources/ct/per_week=1.1",
    "10 % more of every session": "/providers/*/resources/*/per_week=1.1",
    "3 % more referrals": "/demand/*/per_year/*=1.03",
}


def pairing(b):
    """Differences between two arms over a year, with common random numbers and with seeds of their own."""
    pairs, told, least = b.rounds(45), [], None
    for lever, scale in levers.items():
        m = b.measure("pairing", "west-london", "--replications", pairs, "--scale", scale,
                      "--set", "/horizon/warm_up=6 months", "--set", "/horizon/run_for=1 year")
        fewer, effects, most = [], [], (0, 0, "")
        for i, stratum in enumerate(m["strata"]):
            base, paired, other = ([100 * r[arm][i] for r in m["rows"]] for arm in range(3))
            if not stratum.startswith(("fds", "d62")) or min(base + paired + other) < 0:
                continue  # negative: nobody is counted there in some replication
            together = figures.variance([y - x for x, y in zip(base, paired)])
            apart = figures.variance(base) + (figures.variance(paired) + figures.variance(other)) / 2
            if " at " in stratum:
                if together > 0:
                    fewer.append(apart / together)
                most = max(most, (figures.replications_for(apart, 0.5), figures.replications_for(together, 0.5), stratum))
            else:
                effects.append("%s %+.2f points" % (stratum, sum(paired) / pairs - sum(base) / pairs))
        middle = figures.median(fewer)
        least = middle if least is None else min(least, middle)
        told.append("%s (%s): %.0f times fewer, the most at one trust %.0f instead of %.0f (%s)" % (lever, ", ".join(effects), middle, most[1], most[0], most[2]))
    row("replications needed for ± 0.5 points on a difference of a year's attainment; %d pairs, median of the 28 and 62 days of each trust" % pairs,
        "at least 5 times fewer than independent runs", "; ".join(told), least >= 5)


def said(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=top)
    return done.stdout.strip() if done.returncode == 0 else ""


def setting(folder):
    """Machine, compiler and commit, for a table without them says little."""
    processor = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    cache = open(os.path.join(folder, "CMakeCache.txt")).read().splitlines()
    value = {line.split(":", 1)[0]: line.split("=", 1)[1] for line in cache if "=" in line and ":" in line}
    compiler = (said(value.get("CMAKE_CXX_COMPILER", "c++"), "--version").splitlines() or ["?"])[0]
    flags = " ".join((value.get("CMAKE_CXX_FLAGS", ""), value.get("CMAKE_CXX_FLAGS_RELEASE", ""))).strip()
    changed = " and changes" if said("git", "status", "--porcelain", "--untracked-files=no") else ""
    return "%s, %d cores, %s; %s, `%s`; commit %s%s; load %.1f at the start" % (
        processor, os.cpu_count(), platform.system(), compiler, flags, said("git", "rev-parse", "--short", "HEAD") or "?", changed, os.getloadavg()[0])


rows = {"ratios": ratios, "west-london": west_london, "growth": growth, "pending": pending, "threads": threads, "memory": memory,
        "start-up": start_up, "pairing": pairing}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--row", action="append", choices=list(rows))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    b = Bench(asked.build, asked.quick)
    print(setting(asked.build) + "\n\n| what | aim | measured | reached |\n|---|---|---|---|", flush=True)
    for name in asked.row or rows:
        rows[name](b)


if __name__ == "__main__":
    main()
