#!/usr/bin/env python3
"""Writes costs.json: what each step costs, by the resource it needs.

usage: python3 costs.py

Prices are means of the National Cost Collection 2024/25 (epidemiology.md B9.1) unless marked assumed here; London's
market forces factor is not applied. Standard library only.
"""
import glob
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import pretty  # noqa: E402

FIRST, FOLLOW_UP = 200, 150  # outpatient attendances: assumed, the codes are not in the source
PRICES = {
    "breast_clinic": FIRST, "skin_clinic": FIRST, "gastrointestinal_clinic": FIRST, "head_and_neck_clinic": FIRST,
    "gynaecology_clinic": FIRST, "urology_clinic": FIRST, "chest_clinic": FIRST, "haematology_clinic": FIRST,
    "rapid_diagnostic_clinic": FIRST, "childrens_clinic": FIRST, "treatment_clinic": FOLLOW_UP,
    "pre_assessment": FOLLOW_UP, "colposcopy_clinic": 267, "ct": 140, "mri": 208, "ultrasound": 87, "pet_ct": 839,
    "endoscopy": 926, "cystoscopy": 257, "hysteroscopy": 376, "biopsy": 448, "pathology": 60, "minor_surgery": 215,
    "chemotherapy_chair": 411, "radiotherapy_planning": 1218, "linac": 284,
}
MEETING = 150
# A first operation by tumour group: B9.1, means of the named operations; the last one assumed. Those on the skin are paid
# at their step, and operations after the first are not priced.
OPERATIONS = {"breast": 5150, "gynaecological": 9090, "head_and_neck": 9970, "lower_gastrointestinal": 13834,
              "lung": 12491, "skin": 0, "hepatobiliary": 15958, "oesophagus_and_stomach": 13271,
              "other_urological": 7112, "prostate": 10227, "otherwise": 9000}


def price_of(step):
    needs = step.get("needs", "")
    names = [needs] if isinstance(needs, str) else list(needs)
    total = sum(MEETING if n.startswith("meeting_") else PRICES.get(n, 0) for n in names)
    return total


def main():
    pathways = {}
    for path in sorted(glob.glob(os.path.join(HERE, "pathways-*.json"))):
        with open(path) as file:
            for name, pathway in json.load(file)["pathways"].items():
                steps = {s: {"costs": {"care": price_of(step)}} for s, step in pathway["steps"].items() if price_of(step) > 0}
                if steps:
                    pathways[name] = {"steps": steps}
    source = {"mark": "cited", "source": "National Cost Collection 2024/25, through COSTmos; epidemiology.md B9.1",
              "note": "outpatient attendances assumed; reports and planning are in the price of the scan or treatment; operations after "
                      "the first are not priced"}
    content = {
        "schema": 1,
        "ledgers": {"care": {"label": "Care at national mean cost", "kind": "capacity", **source}},
        "pathways": pathways,
        "measures": {"operations": {
            "label": "First operations at national mean cost", "on": "first_treatment_given", "unit": "pounds",
            "for": {"modality": ["surgery"]}, "value": {"by": ["tumour"], **OPERATIONS}, "ledger": "care",
            "by": ["tumour", "provider"], **source}},
    }
    with open(os.path.join(HERE, "costs.json"), "w") as file:
        file.write(pretty(content) + "\n")


if __name__ == "__main__":
    main()
