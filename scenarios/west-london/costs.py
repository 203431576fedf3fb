#!/usr/bin/env python3
"""Writes costs.json (what each step costs, by the resource it needs; the ledgers of interventions) and the lever file
../interventions/tariff-income.json (what each step earns, where it is paid by what is done); and living-beyond-costs.json for ../west-london-and-beyond.json.

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
    "chemotherapy_chair": 411, "radiotherapy_planning": 1218, "linac": 284, "follow_up_clinic": FOLLOW_UP,
}
REVIEW = 48  # ten minutes of a general practitioner, PSSRU 2025 (B9.2)
MEETING = 150
# A first operation by tumour group: B9.1, means of the named operations; the last one assumed. Those on the skin are paid
# at their step, and operations after the first are not priced.
OPERATIONS = {"breast": 5150, "gynaecological": 9090, "head_and_neck": 9970, "lower_gastrointestinal": 13834,
              "lung": 12491, "skin": 0, "hepatobiliary": 15958, "oesophagus_and_stomach": 13271,
              "other_urological": 7112, "prostate": 10227, "otherwise": 9000}


# First-line treatment by stage: B9.3 gives stages 1 and 4 in prices of 2014; stages 2 and 3 lie a third and two thirds of the way
# between (assumed), and all are brought to 2024/25 with 1.30 (assumed there). Bowel: two thirds colon, one third rectal (assumed).
INFLATION = 1.30
FIRST_LINE = {"lower_gastrointestinal": ((2 * 3373 + 4449) / 3, (2 * 12519 + 11815) / 3), "lung": (7952, 13078)}

# Sums cannot be negative: what is no longer spent, and time that is freed, are added up in ledgers of their own.
LEDGERS = {
    "cash": {"label": "Spent on interventions", "kind": "cash"},
    "cash_released": {"label": "Cash no longer spent", "kind": "cash"},
    "capacity_released": {"label": "Worth of the time freed", "kind": "capacity"},
    "income": {"label": "Paid by tariff", "kind": "income"},
    "funding": {"label": "Programme and commissioning money", "kind": "income"},
}
LEDGER_SOURCE = {"mark": "strategy", "source": "strategy 2021-25 investment strategy, 2025-30 financial model; inventory 002-139, 003-187, 003-188",
                 "note": "nothing goes into it until a file of levers says so; who holds a saving is the fund named there"}


def first_line():
    table = {"by": ["tumour", "stage"]}
    for tumour, (first, last) in FIRST_LINE.items():
        table[tumour] = {str(1 + i): round((first + (last - first) * i / 3) * INFLATION) for i in range(4)}
        table[tumour]["otherwise"] = 0
    table["otherwise"] = 0
    return {"label": "First-line treatment by stage", "on": "first_treatment_given", "unit": "pounds",
            "for": {"tumour": list(FIRST_LINE), "stage": ["1", "2", "3", "4"]}, "value": table, "by": ["tumour", "stage"], "mark": "derived",
            "source": "Cancer Research UK and Incisive Health 2014; epidemiology.md B9.3; inventory 003-107",
            "note": "bowel and lung cancers alone; beside the ledgers, which price what is done"}


def tariff(pathways):
    """Levers that pay for each step what it costs on average; each name of a step has one price in all pathways."""
    prices = {}
    for pathway in pathways.values():
        for step, content in pathway["steps"].items():
            prices.setdefault(step, set()).add(content["costs"]["care"])
    levers = {}
    for step, found in sorted(prices.items()):
        if len(found) == 1:
            levers[step] = {"pointer": f"/pathways/*/steps/{step}/costs/income", "set": next(iter(found))}
    for name, pathway in sorted(pathways.items()):
        for step, content in pathway["steps"].items():
            if len(prices[step]) > 1:
                levers[f"{name}: {step}"] = {"pointer": f"/pathways/{name}/steps/{step}/costs/income",
                                            "set": content["costs"]["care"]}
    levers["first operations"] = {"pointer": "/measures/operations_paid", "set": {
        "label": "First operations, paid", "on": "first_treatment_given", "unit": "pounds", "for": {"modality": ["surgery"]},
        "value": {"by": ["tumour"], **OPERATIONS}, "ledger": "income", "mark": "cited"}}
    return {
        "schema": 1,
        "name": "Paid by tariff",
        "summary": "Each attendance, test and treatment is paid for at its national mean cost: income that follows the activity.",
        "levers": levers,
        "mark": "assumed",
        "source": "Strategy 2025-30 financial model, figure 15, sustainable care; inventory 003-120, 003-141, 003-162, 003-188; epidemiology.md B9.1",
        "note": "written by scenarios/west-london/costs.py; the tariffs themselves are not in the documents: mean costs stand for them, so income "
                "is what the care costs; from the start, compare with activity-not-recorded",
    }


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
    with open(os.path.join(HERE, "living-beyond.json")) as file:
        beyond = json.load(file)["pathways"]["living_beyond"]["steps"]
    source = {"mark": "cited", "source": "National Cost Collection 2024/25, through COSTmos; epidemiology.md B9.1",
              "note": "outpatient attendances assumed; reports and planning are in the price of the scan or treatment; operations after "
                      "the first are not priced"}
    content = {
        "schema": 1,
        "ledgers": {"care": {"label": "Care at national mean cost", "kind": "capacity", **source},
                    **{name: {**ledger, **LEDGER_SOURCE} for name, ledger in LEDGERS.items()}},
        "pathways": pathways,
        "measures": {"operations": {
            "label": "First operations at national mean cost", "on": "first_treatment_given", "unit": "pounds",
            "for": {"modality": ["surgery"]}, "value": {"by": ["tumour"], **OPERATIONS}, "ledger": "care",
            "by": ["tumour", "provider"], **source},
            "first_line_cost": first_line()},
    }
    with open(os.path.join(HERE, "costs.json"), "w") as file:
        file.write(pretty(content) + "\n")
    content = {
        "schema": 1,
        "pathways": {"living_beyond": {"steps": {s: {"costs": {"care": price_of(step)}} for s, step in beyond.items() if price_of(step) > 0}}},
        "measures": {"care_reviews_cost": {
            "label": "Cancer care reviews, ten minutes of a general practitioner", "on": "care_review_due", "unit": "pounds",
            "value": {"by": ["reviewed"], "yes": REVIEW, "no": 0}, "ledger": "care", "mark": "cited",
            "source": "PSSRU 2025; epidemiology.md B9.2", "note": "what practices are paid for a review is not in the documents"}},
    }
    with open(os.path.join(HERE, "living-beyond-costs.json"), "w") as file:
        file.write(pretty(content) + "\n")
    with open(os.path.join(HERE, "..", "interventions", "tariff-income.json"), "w") as file:
        file.write(pretty(tariff(pathways)) + "\n")


if __name__ == "__main__":
    main()
