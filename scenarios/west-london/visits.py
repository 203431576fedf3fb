#!/usr/bin/env python3
"""Writes visits.json: what patients go through for it: visits, hand-overs, scans done twice and the way there.

usage: python3 visits.py

Positions are of the middle of a borough and of the main sites of a trust, to about a kilometre, from a map; the way is
the straight line to the nearest site. Reads the other parts of the scenario for their steps. Standard library only.
"""
import glob
import json
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import pretty  # noqa: E402

BOROUGHS = {"brent": (51.56, -0.27), "croydon": (51.36, -0.09), "ealing": (51.52, -0.33), "hammersmith_and_fulham": (51.50, -0.22),
            "harrow": (51.59, -0.34), "hillingdon": (51.54, -0.45), "hounslow": (51.47, -0.37), "kensington_and_chelsea": (51.50, -0.19),
            "kingston_upon_thames": (51.39, -0.29), "merton": (51.41, -0.20), "richmond_upon_thames": (51.44, -0.31),
            "sutton": (51.36, -0.19), "wandsworth": (51.45, -0.19), "westminster": (51.51, -0.16)}
SITES = {"cwft": [(51.48, -0.18), (51.47, -0.33)], "chs": [(51.39, -0.11)], "sguh": [(51.43, -0.17)],
         "esth": [(51.38, -0.18), (51.33, -0.27)], "krft": [(51.42, -0.28)], "lnwh": [(51.58, -0.32), (51.51, -0.35)],
         "icht": [(51.52, -0.23), (51.52, -0.17), (51.49, -0.22)], "thhft": [(51.53, -0.46)],
         "rmft": [(51.49, -0.17), (51.34, -0.19)]}
ELSEWHERE = 25  # km; assumed, for those from outside the alliance
NOBODY_COMES = {"pathology", "imaging_reporting"}


def kilometres(here, there):
    north, east = 111.2 * (here[0] - there[0]), 111.2 * math.cos(math.radians(51.5)) * (here[1] - there[1])
    return math.hypot(north, east)


def way():
    table = {"by": ["borough", "provider"]}
    for borough, middle in BOROUGHS.items():
        table[borough] = {t: round(max(1, min(kilometres(middle, s) for s in sites)), 1) for t, sites in SITES.items()}
    return {**table, "elsewhere": ELSEWHERE}


def pathways():
    out = {}
    for path in sorted(glob.glob(os.path.join(HERE, "pathways-*.json"))):
        with open(path) as file:
            for name, pathway in json.load(file)["pathways"].items():
                steps = {}
                for s, step in pathway["steps"].items():
                    if step["kind"] == "appointment" and step["needs"] not in NOBODY_COMES:
                        steps[s] = {"on_start": step.get("on_start", []) + ["visit"]}
                        if step["needs"] == "ct":
                            steps[s]["sets"] = {"ct_scans": {"by": ["ct_scans"], "none": "one", "otherwise": "more"}}
                            steps[s]["on_finish"] = step.get("on_finish", []) + ["ct_done"]
                    if step["kind"] == "transfer":
                        steps[s] = {"on_finish": step.get("on_finish", []) + ["handed_over"]}
                if steps:
                    out[name] = {"steps": steps}
    return out


def main():
    by = ["provider", "borough", "deprivation", "suspected", "cancer"]
    treated = ["provider", "borough", "deprivation", "tumour"]
    evidence = {"mark": "derived", "source": "positions from a map, to about a kilometre", "note": "straight line, one way; 25 km from elsewhere assumed"}
    content = {
        "schema": 1,
        "attributes": {"ct_scans": {"levels": ["none", "one", "more"], "shares": "none", "summary": "CT scans so far"}},
        "pathways": pathways(),
        "measures": {
            "visits": {"label": "Visits by patients", "on": "visit", "by": by,
                       "note": "courses of drugs and radiotherapy count once, when they begin"},
            "visits_until_told": {"label": "Visits until told whether it is cancer", "on": "informed", "number_of": "visit",
                                  "unit": "visits", "by": by},
            "visits_until_treated": {"label": "Visits up to the first treatment", "on": "first_treatment_given", "number_of": "visit",
                                     "unit": "visits", "by": treated},
            "kilometres": {"label": "The way to a visit", "on": "visit", "unit": "km", "value": way(), "by": by, **evidence},
            "kilometres_to_treatment": {"label": "The way to the first treatment", "on": "first_treatment_given", "unit": "km",
                                        "value": way(), "by": treated,
                                        "gaps": {"boroughs": {"by": "borough", "at_least": 50}}, **evidence},
            "hand_overs": {"label": "Hand-overs between trusts", "on": "handed_over", "by": ["tumour", "provider"]},
            "hand_overs_until_treated": {"label": "Hand-overs up to the first treatment", "on": "first_treatment_given",
                                         "number_of": "handed_over", "unit": "hand-overs", "by": treated},
            "ct_again": {"label": "CT of those who had one on the same way", "on": "ct_done", "unit": "share",
                         "value": {"by": ["ct_scans"], "more": 1, "otherwise": 0}, "by": ["suspected", "provider"]}}}
    with open(os.path.join(HERE, "visits.json"), "w") as file:
        file.write(pretty(content) + "\n")


if __name__ == "__main__":
    main()
