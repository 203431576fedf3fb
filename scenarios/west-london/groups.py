#!/usr/bin/env python3
"""Writes groups.json: groups of people whom the strategies name and the baseline does not tell apart, and smoking.

usage: python3 groups.py

Every figure stands here with where it comes from: S read in a public source, SEED in the strategy documents, DER worked
out from such, U assumed. Reads the other parts of the scenario for the steps that can be missed. Standard library only.
"""
import glob
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from derive import pretty  # noqa: E402

NORTH_WEST = ["brent", "ealing", "hammersmith_and_fulham", "harrow", "hillingdon", "hounslow", "kensington_and_chelsea",
              "westminster"]
SOUTH_WEST = ["croydon", "kingston_upon_thames", "merton", "richmond_upon_thames", "sutton", "wandsworth"]
# Smokers, per cent: means of 12.1 and 9.8, highest and lowest boroughs SEED (003 figure 6); the others U, so that the means come out.
SMOKERS = {"brent": 14, "ealing": 16, "hammersmith_and_fulham": 8, "harrow": 8, "hillingdon": 8, "hounslow": 16,
           "kensington_and_chelsea": 12.8, "westminster": 14, "croydon": 11.8, "kingston_upon_thames": 6, "merton": 15,
           "richmond_upon_thames": 6, "sutton": 10, "wandsworth": 10, "elsewhere": 11}
SMOKED = 0.25  # U
RISK = {"smokes": 15, "quit_lately": 15, "smoked": 5, "never": 1}  # U: of lung cancer, against those who never smoked
# Share of lung cancer among those who come, by stream: DER from demand.json, all trusts together.
LUNG = {"urgent_lung": 0.07, "consultant_upgrade": 0.16, "emergency_and_other": 0.05, "screening_lung": 0.17}
# Odds ratios of taking part in screening: learning disability 2015/16 (gov.uk, cancer screening: making reasonable
# adjustments), mental illness Kerrison and others, Br J Cancer 2023;129:81.
LEARNING_DISABILITY = {"breast": 0.513, "lower_gastrointestinal": 0.614, "gynaecological": 0.135, "lung": 0.5}  # S; lung U
MENTAL_ILLNESS = {"breast": 0.613, "lower_gastrointestinal": 0.508, "gynaecological": 0.777, "lung": 0.6}       # S; lung U
CERVICAL_BY_AREA = 1.80  # DER: South West over North West London, 15 points of coverage (SEED), less what other groups explain
BREAST_BY_AREA = 1.10    # U: about 5 points, with what other groups explain
PAKISTANI_BOWEL = 0.56   # DER: half of them take part in North West London (SEED)
CHINESE_CERVICAL = 0.6   # U: the least likely to come (SEED names no figure)
LGBTQI_INTERVAL = 1.144  # DER: 3 points fewer within three months (SEED), by epidemiology.md C3


def yes(value):
    return {"yes": value, "no": 1}


def smoking_of(smokers):
    return {"smokes": round(.0098 * smokers, 5), "quit_lately": round(.0002 * smokers, 5), "smoked": SMOKED,
            "never": round(1 - SMOKED - .01 * smokers, 5)}


def neutral(shares, lung):
    """Odds by smoking that leave the share of lung cancer as it is in the stream."""
    low, high = 0.0, 2.0
    for _ in range(60):
        c = (low + high) / 2
        share = sum(n * lung * c * RISK[k] / (1 - lung + lung * c * RISK[k]) for k, n in shares.items())
        low, high = (c, high) if share < lung else (low, c)
    return {k: round(c * RISK[k], 3) for k in shares}


def attributes():
    invited = {"smokes": .392, "quit_lately": .008, "smoked": .6, "never": 0}
    by_borough = {b: smoking_of(n) for b, n in SMOKERS.items()}
    lung = {"by": ["stream", "borough", "smoking"]}
    for stream, share in LUNG.items():
        lung[stream] = {"otherwise": neutral(invited, share)} if stream == "screening_lung" else \
            {b: neutral(s, share) for b, s in by_borough.items()}
    lung["otherwise"] = {b: neutral(s, .01) for b, s in by_borough.items()}
    area = {"by": ["suspected", "borough"], "otherwise": 1}
    for suspected, ratio in (("gynaecological", CERVICAL_BY_AREA), ("breast", BREAST_BY_AREA)):
        area[suspected] = {**{b: round(ratio ** -.5, 3) for b in NORTH_WEST}, **{b: round(ratio ** .5, 3) for b in SOUTH_WEST},
                           "otherwise": 1}
    by_programme = {n: {"by": ["suspected", n], **{s: yes(x) for s, x in odds.items()}, "otherwise": 1}
                    for n, odds in (("learning_disability", LEARNING_DISABILITY), ("severe_mental_illness", MENTAL_ILLNESS))}
    backgrounds = {"by": ["suspected", "background"], "lower_gastrointestinal": {"pakistani": PAKISTANI_BOWEL, "otherwise": 1},
                   "gynaecological": {"chinese": CHINESE_CERVICAL, "otherwise": 1}, "otherwise": 1}
    return {
        "learning_disability": {"levels": ["yes", "no"], "shares": {"yes": .005, "no": .995}, "mark": "assumed",
                                "note": "about as many as are on the registers of general practices"},
        "severe_mental_illness": {
            "levels": ["yes", "no"],
            "shares": {"by": ["deprivation"],
                       **{d: {"yes": x, "no": round(1 - x, 3)} for d, x in
                          (("1_most_deprived", .016), ("2", .013), ("3", .011), ("4", .008), ("5_least_deprived", .006))}},
            "mark": "assumed", "note": "about 1 % on the registers of general practices; by deprivation assumed"},
        "lgbtqi": {"levels": ["yes", "no"],
                   "shares": {"by": ["age"], "16_to_49": {"yes": .06, "no": .94}, "50_to_64": {"yes": .03, "no": .97},
                              "otherwise": {"yes": .015, "no": .985}},
                   "summary": "Sexual orientation and gender identity", "mark": "assumed",
                   "note": "rounded from the 2021 census for London, about 4 % of adults; by age assumed"},
        "inclusion_group": {
            "levels": ["homeless", "gypsy_roma_or_traveller", "sex_worker", "vulnerable_migrant", "left_prison", "none"],
            "shares": {"homeless": .003, "gypsy_roma_or_traveller": .001, "sex_worker": .001, "vulnerable_migrant": .01,
                       "left_prison": .002, "none": .983},
            "summary": "Vulnerable groups named in the strategy of 2021", "mark": "assumed", "source": "002 page 9",
            "note": "the documents give no figures"},
        "digital": {"levels": ["excluded", "included"],
                    "shares": {"by": ["age"], **{a: {"excluded": x, "included": round(1 - x, 2)} for a, x in
                                                 (("under_16", .05), ("16_to_49", .03), ("50_to_64", .06), ("65_to_74", .13),
                                                  ("75_to_84", .28), ("85_and_over", .45))}},
                    "summary": "Whether letters and video by the internet reach them", "mark": "assumed"},
        "comorbidities": {"levels": ["none", "one", "two_or_more"],
                          "shares": {"by": ["age"], **{a: {"none": x, "one": y, "two_or_more": round(1 - x - y, 2)} for a, x, y in
                                                       (("50_to_64", .55, .27), ("65_to_74", .35, .33), ("75_to_84", .22, .33),
                                                        ("85_and_over", .15, .3))},
                                     "otherwise": {"none": .8, "one": .15, "two_or_more": .05}}, "mark": "assumed"},
        "background": {"levels": ["pakistani", "chinese", "other_asian", "other"],
                       "shares": {"by": ["ethnicity"], "asian": {"pakistani": .15, "chinese": .08, "other_asian": .77},
                                  "otherwise": "other"},
                       "summary": "Parts of the Asian population that the strategy names", "mark": "assumed",
                       "note": "rounded from the 2021 census for London"},
        "smoking": {"levels": list(RISK), "shares": {"by": ["borough"], **by_borough}, "mark": "strategy",
                    "source": "003 figure 6", "note": "means, highest and lowest boroughs from the strategy; others and former smokers assumed"},
        "tumour": {"odds": {"lung": {"smoking": lung, "since_quitting": 1}}, "mark": "assumed",
                   "note": "lung cancer by smoking: 15 and 5 times the risk of those who never smoked, as many in all as without"},
        "takes_part": {"odds": {"yes": {**by_programme, "area": area, "background": backgrounds}}, "mark": "assumed",
                       "source": "002 pages 4 and 11, 003 pages 8 and 9; NHS Digital 2022/23; Kerrison 2023; gov.uk 2016",
                       "note": "deprivation, learning disability, mental illness, cervical screening by area and Pakistani patients from "
                               "these; lung, breast by area, Chinese patients, ethnicity and practices assumed"},
    }


def before_referral():
    group = {"by": ["inclusion_group"], "none": 1}
    return {
        "patient_interval": {"times": {"lgbtqi": {"by": ["lgbtqi"], **yes(LGBTQI_INTERVAL)},
                                       "black": {"by": ["ethnicity"], "black": 1.1, "otherwise": 1},
                                       "inclusion_group": {**group, "otherwise": 2},
                                       "learning_disability": {"by": ["learning_disability"], **yes(1.3)},
                                       "severe_mental_illness": {"by": ["severe_mental_illness"], **yes(1.3)}},
                             "mark": "assumed", "note": "LGBTQI+ from 003 figure 9; the other groups assumed; the rest as in before-referral.json"},
        "consultation": {"odds": {"referral": {"lgbtqi": {"by": ["lgbtqi"], **yes(.95)}, "inclusion_group": {**group, "otherwise": .8},
                                               "learning_disability": {"by": ["learning_disability"], **yes(.8)},
                                               "severe_mental_illness": {"by": ["severe_mental_illness"], **yes(.8)}}},
                         "mark": "assumed", "note": "the groups assumed; the rest as in before-referral.json"},
    }


def missed():
    """Odds of missing an appointment, at every step that can be missed; U."""
    odds = {"inclusion_group": {"by": ["inclusion_group"], "none": 1, "otherwise": 2.5},
            "severe_mental_illness": {"by": ["severe_mental_illness"], **yes(1.5)},
            "digital": {"by": ["digital"], "excluded": 1.3, "included": 0.97}}
    pathways = {}
    for path in sorted(glob.glob(os.path.join(HERE, "pathways-*.json"))):
        with open(path) as file:
            for name, pathway in json.load(file)["pathways"].items():
                steps = {s: {"did_not_attend": {"odds": odds}, "mark": "assumed"} for s, step in pathway["steps"].items() if "did_not_attend" in step}
                if steps:
                    pathways[name] = {"steps": steps}
    return pathways


def measures():
    with open(os.path.join(HERE, "disease.json")) as file:
        base = json.load(file)["measures"]
    people = ["lgbtqi", "inclusion_group", "learning_disability", "severe_mental_illness"]

    def more(name, by, gaps):
        return {"by": base[name]["by"] + by, "gaps": gaps}

    def one_less(table):
        """The same table with 1 - value for every number."""
        return {k: one_less(v) if isinstance(v, dict) else v if k == "by" else round(1 - v, 4) for k, v in table.items()}

    def one_to_other(by, least, most):
        return {"by": by, "from": least, "to": most}

    return {
        "uptake": more("uptake", ["learning_disability", "severe_mental_illness", "background", "suspected+group", "suspected+background"], {
            "learning_disability": one_to_other("learning_disability", "yes", "no"),
            "severe_mental_illness": one_to_other("severe_mental_illness", "yes", "no"),
            "cervical_by_area": one_to_other("suspected+group", "gynaecological+north_west_london", "gynaecological+south_west_london"),
            "breast_by_area": one_to_other("suspected+group", "breast+north_west_london", "breast+south_west_london")}),
        "patient_interval": more("patient_interval", people + ["comorbidities"], {
            "lgbtqi": one_to_other("lgbtqi", "no", "yes")}),
        "many_consultations": more("many_consultations", people, {}),
        "early_stage": more("early_stage", people, {}),
        "survival_1_year": more("survival_1_year", ["tumour+sex"], {
            "lung_by_sex": one_to_other("tumour+sex", "lung+male", "lung+female"),
            "bladder_by_sex": one_to_other("tumour+sex", "other_urological+female", "other_urological+male")}),
        "expected_deaths_under_75": {"label": "Expected to die within five years, of those treated under 75", "on": "first_treatment_given",
                                     "for": {"age": ["under_16", "16_to_49", "50_to_64", "65_to_74"]}, "unit": "deaths",
                                     "value": one_less(base["survival_5_years"]["value"]), "by": ["tumour", "deprivation"],
                                     "mark": "derived", "note": "of net survival by stage, without the effect of delay"},
        "smokers": {"label": "Smoke, of those referred", "on": "referred", "unit": "share",
                    "value": {"by": ["smoking"], "smokes": 1, "otherwise": 0}, "by": ["borough", "group", "tumour"],
                    "gaps": {"boroughs": {"by": "borough", "at_least": 200}}},
        "smokers_at_lung_screening": {"label": "Smoke, of those whom lung screening would call back", "on": "invited", "unit": "share",
                                      "for": {"suspected": "lung"}, "value": {"by": ["smoking"], "smokes": 1, "otherwise": 0},
                                      "by": ["borough"]},
    }


def main():
    lung_screening = {"attributes": {"smoking": {"smokes": .392, "quit_lately": .008, "smoked": .6}}}
    content = {"schema": 1, "attributes": attributes(), "demand": {"screening_lung": lung_screening, "unseen_lung": lung_screening},
               "pathways": {"before_referral": {"steps": before_referral()}, **missed()}, "measures": measures()}
    with open(os.path.join(HERE, "groups.json"), "w") as file:
        file.write(pretty(content) + "\n")


if __name__ == "__main__":
    main()
