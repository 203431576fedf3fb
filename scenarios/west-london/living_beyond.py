#!/usr/bin/env python3
"""Writes living-beyond-cohort.json: the 110,000 who live with and beyond cancer on the first day, and follow-up clinics.

usage: python3 living_beyond.py

Shares by trust are those of the visits that the pathway asks for, by tumour of the components in disease.py. Standard library only.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import TRUSTS, TUMOURS, pretty, shares  # noqa: E402
from disease import COMPONENTS, survival_of, mix_of  # noqa: E402

PEOPLE = 110_000  # 001 introduction (002 page 17 says 108,000), strategy
FOLLOWED_UP = 0.75  # of them; assumed, about 92,000 visits a year
CLINIC_LOAD = 0.93
# Visits a week in the first two years of a run with slots for all, by the trust where treatment ended.
# Other slots a week, all trusts together, shared out as the visits; U: chosen so that waits are of some weeks.
SLOTS = {"psycho_oncology": 23, "rehabilitation": 30, "pain_service": 8, "sleep_and_anxiety": 10, "surveillance_tests": 720,
         "late_effects_clinic": 75}
VISITS = {"cwft": 113, "chs": 57, "sguh": 281, "esth": 64, "krft": 98, "lnwh": 122, "icht": 481, "thhft": 47, "rmft": 500}


def main():
    living = {t: sum(n for n, _, _ in COMPONENTS[t]) * sum(m * s for m, s in zip(mix_of(t), survival_of(t)))
              for t in TUMOURS.values() if t in COMPONENTS}
    for tumour, n, survival in (("other_haematological", 616, .54), ("other", 1106, .33)):
        living[tumour] = n * survival
    total = sum(VISITS.values())
    evidence = {"mark": "strategy", "source": "001 introduction: almost 110,000 people",
                "note": "by trust as their visits, by tumour as five-year survivors; the share still followed up is assumed"}
    stream = {"summary": "People living with and beyond cancer on the first day", "pathway": "living_beyond",
              "per_year": {t: 0 for t in TRUSTS},
              "attributes": {"route": "urgent_suspected_cancer", "suspected": "none", "tumour": shares(living),
                             "follow_up": {"by": ["tumour"], "breast": {"self_managed": .5, "clinic": .5},
                                           "prostate": {"self_managed": .3, "clinic": .7},
                                           "lower_gastrointestinal": {"self_managed": .3, "clinic": .7}, "otherwise": "clinic"}},
              **evidence}
    waiting, providers = {}, {}
    for trust in TRUSTS:
        followed = round(PEOPLE * FOLLOWED_UP * VISITS[trust] / total)
        waiting["living_with_cancer_at_" + trust] = {
            "like": "living_with_cancer", "provider": trust, "step": "between_contacts", "patients": followed,
            "waited": {"uniform": {"from": "0 days", "to": "1095 days"}}, **evidence}
        slots = {"follow_up_clinic": VISITS[trust] / CLINIC_LOAD + 2,
                 **{name: all_trusts * VISITS[trust] / total + 1 for name, all_trusts in SLOTS.items()}}
        providers[trust] = {"resources": {name: {"per_week": round(n, 1), "mark": "assumed"} for name, n in slots.items()}}
    content = {"schema": 1, "demand": {"living_with_cancer": stream}, "waiting": waiting, "providers": providers}
    with open(os.path.join(HERE, "living-beyond-cohort.json"), "w") as file:
        file.write(pretty(content) + "\n")


if __name__ == "__main__":
    main()
