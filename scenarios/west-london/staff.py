#!/usr/bin/env python3
"""Writes staff.json, for ../west-london-with-staff.json: who mans the lists of the baseline, and how many there are.

usage: python3 staff.py

The day of a resource is parted into lists that one person, or one team, holds; a list without its people is cancelled.
Posts are not published by role and trust for cancer alone. They are the fewest with which vacancy, sickness, leave and
turnover cost less than LOST of the lists; the slots are raised by that share, so that as many are held as in the baseline,
whose slots are calibrated to waits in which all this is felt already. Standard library only.
"""
import json
import math
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import pretty  # noqa: E402

LOST = 0.03
LEAVE, SICKNESS = 0.19, 0.05
COMMON = "leave: 42 of 52 weeks; sickness 4.9 to 5.3 % in the NHS"
# Role: share of posts vacant, leavers a year, days until somebody new starts, days of training, lists a week of one person, and
# the resources with people a list and slots a list.
ROLES = {
    "radiologist": (0.29, 0.06, 180, 0, 2, {"imaging_reporting": (1, 10)},
                    "vacancy: shortfall of 2024, Royal College of Radiologists (cited); four of ten half days report cancer work (assumed)"),
    "histopathologist": (0.15, 0.06, 180, 0, 3, {"pathology": (1, 15)},
                         "3 % of departments are fully staffed; the share of posts is assumed"),
    "endoscopist": (0.10, 0.08, 120, 30, 1.5, {"endoscopy": (1, 9)}, "doctors and nurses who hold lists; all assumed"),
    "oncologist": (0.15, 0.06, 180, 0, 2, {"treatment_clinic": (1, 8)},
                   "vacancy: shortfall of clinical oncologists in 2024, Royal College of Radiologists (cited), for medical oncologists and surgeons, "
                   "who share these clinics, too (assumed)"),
    "clinical_oncologist": (0.15, 0.06, 180, 0, 2, {"radiotherapy_planning": (1, 8)},
                            "vacancy: shortfall of 2024, Royal College of Radiologists (cited)"),
    "theatre_nurse": (0.09, 0.11, 90, 60, 4, {"theatre": (3, 2)}, "vacancy: 7 to 10 % of nursing posts, more in London"),
    "therapeutic_radiographer": (0.09, 0.10, 90, 30, 3.5, {"linac": (3, 36)}, "as other professions; the share is assumed"),
    "chemotherapy_nurse": (0.09, 0.11, 90, 90, 4, {"chemotherapy_chair": (2, 10)},
                           "vacancy: 7 to 10 % of nursing posts; a nurse for four or five chairs"),
    "nurse_specialist": (0.09, 0.11, 90, 90, 3, {"pre_assessment": (1, 8), "urology_clinic": (1, 12)},
                         "clinics before operations and in urology; navigators hold no list of the baseline"),
}
NEWCOMERS = {"theatre_nurse": 0.5, "therapeutic_radiographer": 0.5, "chemotherapy_nurse": 0.5, "endoscopist": 0.25}  # lists a week of a trainer
SOURCE = "waiting-times.md section 5 (shortfalls, vacancy, sickness, working year); inventory 002-036, 002-141, 003-149"


def read(name):
    with open(os.path.join(HERE, name)) as file:
        return json.load(file)


def days_open(template):
    week = {"mon-fri": 5, "sat,sun": 2, "sat": 1}
    return sum(week[s["on"]] for s in template["sessions"].values())


def share_lost(people, present, lists_each, wanted, team):
    """Share of teams lost in many days, as the engine finds them: whoever is there, and what is left over of a list."""
    chances = [math.comb(people, k) * present**k * (1 - present)**(people - k) for k in range(people + 1)]
    draw, owed, lost, days = random.Random(1), 0.0, 0, 4000
    for there in draw.choices(range(people + 1), chances, k=days):
        able = there * lists_each + owed
        owed = able - math.floor(able + 1e-9)
        lost += max(0, wanted - math.floor(able + 1e-9) // team)
    return lost / wanted / days


def people_for(role, wanted, team, open_days):
    """The fewest people in post with whom less than LOST is lost, and what is."""
    _, leavers, start, training, lists, *_ = ROLES[role]
    away = leavers * (start + training) / 365
    present = (1 - LEAVE) * (1 - SICKNESS) * (1 - away)
    people = math.ceil(wanted * team / (lists / open_days * present))
    while True:
        lost = share_lost(people, present, lists / open_days, wanted, team)
        if lost < LOST:
            return people, lost
        people += 1


def role_of(role, people):
    vacancy, leavers, start, training, lists, _, note = ROLES[role]
    result = {"whole_time_equivalents": round(people / (1 - vacancy), 2), "sessions_per_week": lists, "leave": LEAVE, "sickness": SICKNESS,
              "vacancy": vacancy, "leavers_per_year": leavers, "recruited_after": {"uniform": {"from": f"{start // 2} days", "to": f"{start * 3 // 2} days"}}}
    if training > 0:
        result["trained_after"] = f"{training} days"
        if role in NEWCOMERS:
            result["trainer"] = {"role": role, "sessions_per_week": NEWCOMERS[role]}
    return {**result, "mark": "assumed", "source": SOURCE, "note": f"{note}; {COMMON}; posts: the fewest with whom less than 3 % of lists are lost"}


def main():
    templates = read("resources.json")["resources"]
    providers = {}
    for provider, own in read("capacities.json")["providers"].items():
        resources, staff = {}, {}
        for role, (*_, needs, _) in ROLES.items():
            manned = {r: need for r, need in needs.items() if "per_week" in own["resources"].get(r, {})}
            if not manned:
                continue
            lists = {}
            for resource, (team, slots) in manned.items():
                open_days = days_open(templates[resource])
                lists[resource] = max(1, round(own["resources"][resource]["per_week"] / open_days / slots))
            people, lost = people_for(role, sum(lists.values()), team, open_days)
            staff[role] = role_of(role, people)
            for resource in manned:
                sessions = templates[resource]["sessions"]
                more = {f"{name}_{n}": session for n in range(2, lists[resource] + 1) for name, session in sessions.items()}
                resources[resource] = {"per_week": round(own["resources"][resource]["per_week"] / (1 - lost), 2), "staff": {role: team}}
                if more:
                    resources[resource]["sessions"] = more
        providers[provider] = {"resources": resources, "staff": staff}
    with open(os.path.join(HERE, "staff.json"), "w") as file:
        file.write(pretty({"schema": 1, "providers": providers}) + "\n")


if __name__ == "__main__":
    main()
