#!/usr/bin/env python3
"""Fits fitted.json: what disease.py and derive.py need that only a run of the scenario can tell.

usage: python3 fit.py PROGRAM DATA_FOLDER [ROUNDS]

Each round runs PROGRAM (cwtsim) on the scenario as it is, compares its measures with the published figures, moves the
numbers of fitted.json towards them, and makes the parts again. Standard library only.
"""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import derive  # noqa: E402
import disease  # noqa: E402
from disease import logit, sigmoid  # noqa: E402

EARLY = 0.604      # of those staged, 003 page 8
GAP = 0.08         # least less most deprived, 003 page 8
BOWEL_GAP = 0.17   # 002 page 4
BY_ROUTE = {"screening": 0.88, "emergency_and_other": 0.23}  # epidemiology.md B3.3


def measures(program):
    """(measure, dimension, value) -> (patients, mean) over the measured time."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        subprocess.run([program, "run", os.path.join(HERE, "..", "west-london.json"), "--replications", "4", "--quiet",
                        "--set", '/horizon/run_for="2 years"', "--out", out], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(out, "measures.csv"), newline="") as file:
            return {(r["measure"], r["dimension"], r["value"]): (float(r["patients"]), float(r["mean"] or 0))
                    for r in csv.DictReader(file) if r["month"] == "all"}


def common_shift(counts):
    """Shift on the logit scale that makes the early share of the whole what it is published to be."""
    low, high = -3.0, 3.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = sum(n * sigmoid(logit(base) + middle) for n, base in counts) / sum(n for n, _ in counts)
        low, high = (middle, high) if mean < EARLY else (low, middle)
    return low


def mean_log(found, measure, dimension, factors):
    rows = [(n, factors.get(value, factors.get("otherwise", 1))) for (m, d, value), (n, _) in found.items()
            if m == measure and d == dimension]
    return sum(n * math.log(f) for n, f in rows) / sum(n for n, _ in rows)


def adjust(fitted, found):
    early = {t: found["early_stage", "tumour", t] for t in disease.COMPONENTS}
    base = {t: sum(disease.mix_of(t)[:2]) for t in early}
    shift = common_shift([(early[t][0], base[t]) for t in early])
    for t, (_, share) in early.items():
        fitted["stage_shift"][t] += 0.8 * (logit(base[t]) + shift - logit(share))
    by = [found["early_stage", "deprivation", d][1] for d in disease.DEPRIVATION]
    fitted["deprivation_slope"] += (GAP - (by[-1] - by[0])) / 0.8
    for route, wanted in BY_ROUTE.items():
        fitted["route"][route] += 1.5 * (logit(wanted) - logit(found["early_stage", "route", route][1]))
    for t in fitted["emergency_share"]:
        cut, referred = found["emergency_before_referral", "tumour", t][0], found["many_consultations", "tumour", t][0]
        fitted["emergency_share"][t] = cut / (cut + referred)
    pathway = disease.before_referral(fitted)["pathways"]["before_referral"]["steps"]["patient_interval"]["times"]
    fitted["patient_interval_factor"] = math.exp(sum(mean_log(found, "patient_interval", d, f)
                                                     for d, f in pathway.items()))
    wanted = {s: n * derive.UPTAKE[s] for (m, d, s), (n, _) in found.items()
              if m == "uptake" and d == "suspected" and s in derive.UPTAKE}
    n, share = found["uptake", "all", "all"]
    fitted["uptake_factor"] *= math.exp(logit(sum(wanted.values()) / n) - logit(share))
    bowel = [found["uptake", "suspected+deprivation", "lower_gastrointestinal+" + d][1] for d in disease.DEPRIVATION]
    fitted["uptake_slope"] += (BOWEL_GAP - (bowel[-1] - bowel[0])) / 0.8
    return {"early": found["early_stage", "all", "all"][1], "gap": by[-1] - by[0], "uptake": share,
            "bowel gap": bowel[-1] - bowel[0], **{r: found["early_stage", "route", r][1] for r in BY_ROUTE}}


def rounded(value):
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else \
        round(value, 3) if isinstance(value, float) else value


def main(program, data, rounds):
    path = os.path.join(HERE, "fitted.json")
    for _ in range(rounds):
        with open(path) as file:
            fitted = json.load(file)
        print(rounded(adjust(fitted, measures(program))), flush=True)
        with open(path, "w") as file:
            file.write(derive.pretty(rounded(fitted)) + "\n")
        subprocess.run([sys.executable, os.path.join(HERE, "derive.py"), data], check=True)
        disease.main(HERE)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 4)
