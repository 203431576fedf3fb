#!/usr/bin/env python3
"""Writes visits.json: marks of visits, scans and hand-overs at the steps of the pathways, and measures of how many a patient has.

usage: python3 visits.py

A visit is an appointment that the patient comes to (or is telephoned at): all but reports, pathology and meetings. A step with
repeats (courses of drugs or radiotherapy) counts once. Standard library only.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import pretty  # noqa: E402

WITHOUT_THE_PATIENT = {"pathology", "imaging_reporting"}
SCANNERS = {"ct", "mri", "pet_ct", "ultrasound"}


def marks_of(step):
    """Marks that a step makes when it starts, those of visits added."""
    if step.get("kind") != "appointment" or step.get("needs") in WITHOUT_THE_PATIENT:
        return None
    made = step.get("on_start", [])
    made = [made] if isinstance(made, str) else list(made)
    return made + ["visited"] + (["scanned"] if step["needs"] in SCANNERS else [])


def measure(label, on, mark, by, unit, **more):
    return {"label": label, "on": on, "number_of": mark, "unit": unit, "by": by, **more}


def main():
    pathways = {}
    for name in sorted(os.listdir(HERE)):
        if not name.startswith("pathways-"):
            continue
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            for pathway, what in json.load(file).get("pathways", {}).items():
                steps = {}
                for step, s in what["steps"].items():
                    if marks := marks_of(s):
                        steps[step] = {"on_start": marks}
                    elif s.get("kind") == "transfer":
                        steps[step] = {"on_finish": ["handed_over"]}
                if steps:
                    pathways.setdefault(pathway, {"steps": {}})["steps"].update(steps)
    groups = ["tumour", "provider", "deprivation"]
    source = {"source": "003 sustainable care and financial model: journeys, hand-offs, duplication; inventory 003-164, 003-186, 003-208"}
    measures = {
        "visits_until_told": measure("Visits until told whether it is cancer", "informed", "visited",
                                     ["suspected", "cancer", "provider", "deprivation"], "visits", **source),
        "visits_until_treated": measure("Visits up to the first treatment", "first_treatment_given", "visited", groups, "visits", **source),
        "scans_until_treated": measure("Scans up to the first treatment", "first_treatment_given", "scanned", groups, "scans", **source),
        "hand_overs": measure("Hand-overs up to the first treatment", "first_treatment_given", "handed_over", groups,
                              "hand-overs", **source),
    }
    with open(os.path.join(HERE, "visits.json"), "w", encoding="utf-8") as file:
        file.write(pretty({"schema": 1, "pathways": pathways, "measures": measures}) + "\n")


if __name__ == "__main__":
    main()
