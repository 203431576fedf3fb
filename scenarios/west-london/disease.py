#!/usr/bin/env python3
"""Works out before-referral.json and disease.json: the time from first symptom to referral, the stage as a consequence
of time, and survival by stage and delay.

usage: python3 disease.py [OUT_FOLDER]

Reads fitted.json (made by fit.py) for what was fitted by running the scenario. Every figure stands here with its mark:
S read in a public source, DER derived from such, SEED in the strategy documents, U assumed. Standard library only.
"""
import json
import math
import os
import sys
from statistics import NormalDist

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from derive import SOJOURN_YEARS, SUSPECTED, pretty  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
MONTH = 30.44  # days
DEPRIVATION = ["1_most_deprived", "2", "3", "4", "5_least_deprived"]
STAGES = ["1", "2", "3", "4"]
# Tenths of practices; a hundredth at either end stands for the single practices between which the strategies measure.
PRACTICES = ["lowest", *map(str, range(1, 11)), "highest"]
PRACTICE_SHARES = dict(zip(PRACTICES, [0.01, 0.09, *[0.1] * 8, 0.09, 0.01]))
SINGLE_PRACTICE = 1.75  # log odds of taking part, beside a middling practice: 66 points from end to end (002 page 11)

# Patient interval: share that comes on the first day, then lognormal (mu, sigma of the logarithm of days).
AUDIT = (0.30, 3.112, 1.434)  # DER from median 10, quartiles 0 and 38 days, 56 % within 14 (Keeble 2014, S)
PATIENT_INTERVAL = {
    "breast": (0.30, 2.75, 1.434),                 # U: median 7 to 10 days
    "skin": (0.25, 3.95, 1.434),                   # U: about 30 days and more
    "prostate": (0.30, 2.95, 1.434),               # U: 7 to 14 days
    "other_urological": (0.34, 2.28, 1.95),        # DER: bladder 2, kidney 3 days (Keeble 2014, Lyratzopoulos 2015, S)
    "head_and_neck": (0.15, 3.72, 1.418),          # DER: oropharynx 30 days, larynx 34.5 (S)
    "lung": (0.25, 3.143, 1.75),                   # DER: 46 % beyond 14 days (S); sigma assumed
    "oesophagus_and_stomach": (0.25, 4.00, 1.75),  # DER: oesophagus 39 % within 14 days (S); sigma assumed
    "lower_gastrointestinal": (0.25, 3.65, 1.434), # U within 21 to 49 days of eleven countries (Weller 2018, S)
}
# Chance that a consultation leads to referral: 1 - sqrt(share with three or more).
MANY_CONSULTATIONS = {
    "breast": 0.074, "skin": 0.101, "lung": 0.347, "hepatobiliary": 0.413,        # S: 2010 survey; lung DER
    "oesophagus_and_stomach": 0.28, "other_haematological": 0.40,                  # DER: stomach .382, myeloma .506
    "lower_gastrointestinal": 0.26, "prostate": 0.18, "other_urological": 0.21,    # rectum DER, the others U
    "gynaecological": 0.24, "lymphoma": 0.33, "head_and_neck": 0.24, "other": 0.30,  # U
}
# Component tumours (RM Partners, a year) with stage mix and five-year survival by stage; epidemiology.md B3.2: breast,
# prostate, lung, bowel from published totals, the others placeholders that add up to the published share.
COMPONENTS = {
    "breast": [(2128, (.44, .40, .10, .06), (.98, .90, .70, .26))],
    "gynaecological": [(392, (.74, .07, .12, .07), (.92, .75, .50, .15)), (280, (.32, .06, .37, .25), (.95, .70, .25, .15)),
                       (126, (.55, .15, .14, .16), (.95, .70, .42, .15))],
    "lymphoma": [(560, (.17, .18, .20, .45), (.90, .80, .70, .65))],
    "head_and_neck": [(434, (.30, .15, .17, .38), (.80, .70, .60, .40)), (154, (.72, .11, .08, .09), (1, 1, .95, .77))],
    "lower_gastrointestinal": [(1610, (.17, .27, .31, .25), (.90, .85, .65, .10))],
    "lung": [(1778, (.20, .08, .21, .51), (.55, .35, .15, .05))],
    "skin": [(686, (.69, .19, .09, .03), (.995, .80, .70, .30))],
    "hepatobiliary": [(406, (.09, .13, .17, .61), (.30, .15, .06, .01)), (252, (.20, .15, .25, .40), (.45, .30, .12, .03))],
    "oesophagus_and_stomach": [(350, (.09, .10, .40, .41), (.65, .30, .20, .05)),
                               (238, (.17, .14, .22, .47), (.65, .35, .20, .03))],
    "other_urological": [(504, (.48, .08, .19, .25), (.90, .75, .75, .15)), (406, (.43, .30, .09, .18), (.78, .50, .42, .12)),
                         (98, (.77, .13, .10, 0), (.99, .96, .90, .90))],
    "prostate": [(1876, (.33, .19, .27, .21), (1, 1, .95, .50))],
}
UNSTAGED = {"other_haematological": 0.54, "other": 0.33}  # U: five-year survival of all
NOT_RECORDED = 0.12  # of stageable tumours: with the unstaged groups about 80 % staged (SEED)
HAZARD_PER_4_WEEKS = {"breast": 1.08}  # S: 1.06 to 1.08 for surgery of seven cancers (Hanna 2020)
MONTHS = {"prostate": (60, 60, 41)}  # I to II, II to III: U, for survival does not tell them apart
# Weibull shapes by stage from one- and five-year survival (DER); 1 and 0.75 (stage IV) elsewhere (U).
SHAPES = {"breast": (1.529, 1.526, 1.326, .731), "lower_gastrointestinal": (1.291, .955, .955, .679),
          "lung": (.881, .714, .636, .463)}
# Survival to the power of these: one-year gaps of 12.5 points in lung and 9.1 in bladder (SEED); DER.
SEX = {"lung": {"female": 0.835, "male": 1.177}, "other_urological": {"female": 1.07, "male": 0.97}}
# Mean days until an emergency cuts the time before referral short: U; about 3 % of these cancers do.
EMERGENCY_MEAN = {"breast": 9000, "skin": 9000, "prostate": 6000}
EMERGENCY_MEAN_ELSEWHERE = 1500


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def logit(p):
    return math.log(p / (1 - p))


def days(x):
    return "%g days" % round(x, 1) if x >= 1 else "%d hours" % max(1, round(24 * x))


def hurdle(first_day, mu, sigma):
    """Bands of a share on the first day and lognormal days after it."""
    bands = {"1 min": first_day}
    for p in (.4, .5, .6, .7, .8, .9, .95, .98, .995):
        if p > first_day + 0.02:
            z = NormalDist().inv_cdf((p - first_day) / (1 - first_day))
            bands[days(math.exp(mu + sigma * z))] = p
    bands[days(math.exp(mu + sigma * 3.2))] = 1
    return {"bands": bands}


def mean_over(tumour, value):
    total = sum(n for n, _, _ in COMPONENTS[tumour])
    return sum(n * value(mix, survival) for n, mix, survival in COMPONENTS[tumour]) / total


def mix_of(tumour):
    return [mean_over(tumour, lambda mix, _, s=s: mix[s]) for s in range(4)]


def survival_of(tumour):
    """Five-year survival by stage, of the components in proportion to those in the stage."""
    mix = mix_of(tumour)
    return [mean_over(tumour, lambda m, s, k=k: m[k] * s[k]) / mix[k] for k in range(4)]


def months_of(tumour):
    """Mean months in stages I, II, III (Degeling's inverse stage shift): ln(hazard of the next / own) / c, of the
    components in proportion to their number."""
    if tumour in MONTHS:
        return MONTHS[tumour]
    c = math.log(HAZARD_PER_4_WEEKS.get(tumour, 1.06)) / 0.920

    def own(survival, k):
        now, later = (-math.log(min(s, .999)) for s in survival[k:k + 2])
        return math.log(later / now) / c if later > 1.05 * now else 12  # U where survival does not tell the stages apart

    return [mean_over(tumour, lambda mix, survival, k=k: own(survival, k)) for k in range(3)]


def stage_shares(tumour, shift):
    """At first symptom: stages I and II together on the logit scale by the fitted shift from the mix at diagnosis."""
    mix = mix_of(tumour)
    early = mix[0] + mix[1]
    at_first = sigmoid(logit(early) + shift)
    shares = [mix[0] / early * at_first, mix[1] / early * at_first]
    shares += [m / (1 - early) * (1 - at_first) for m in mix[2:]]
    whole = [round(10000 * s * (1 - NOT_RECORDED)) for s in shares]
    rest = 10000 - sum(whole)
    return {**{k: w / 10000 for k, w in zip(STAGES, whole)}, "not_recorded": rest / 10000}


def survival(years):
    """Table of survival by tumour and stage (and sex, where it differs)."""
    table = {"by": ["tumour", "stage", "sex"]}
    for tumour in COMPONENTS:
        five, mix = survival_of(tumour), mix_of(tumour)
        shapes = SHAPES.get(tumour, (1, 1, 1, .75))
        own = {k: five[i] ** ((years / 5) ** shapes[i]) for i, k in enumerate(STAGES)}
        own["not_recorded"] = sum(m * own[k] for m, k in zip(mix, STAGES))
        powers = SEX.get(tumour)
        table[tumour] = {k: {x: round(v ** p, 4) for x, p in powers.items()} if powers else round(v, 4)
                         for k, v in own.items()}
        table[tumour]["otherwise"] = 1
    for tumour, five in UNSTAGED.items():
        table[tumour] = round(five ** ((years / 5) ** .6), 4)
    table["none"] = 1
    return table


def steps_by_type():
    """Where a referral of each suspected type goes on."""
    return {name: {"kind": "continues", "on_joining": ["referred"],
                   "pathway": "breast" if name == "breast_symptoms" else name}
            for name in SUSPECTED.values()}


def before_referral(fitted):
    factors = {"sex": {"by": ["sex"], "female": 0.85, "male": 1.17},
               "deprivation": {"by": ["deprivation"], **dict(zip(DEPRIVATION, (1.22, 1.16, 1.1, 1.04, 0.98)))},
               "ethnicity": {"by": ["ethnicity"], "asian": 1.51, "otherwise": 1},
               "age": {"by": ["age"], "16_to_49": 1.17, "otherwise": 1}}
    mean = fitted["patient_interval_factor"]  # so that the factors leave the whole as the audit found it
    by_tumour = {t: hurdle(PATIENT_INTERVAL[t][0], PATIENT_INTERVAL[t][1] - math.log(mean), PATIENT_INTERVAL[t][2])
                 for t in PATIENT_INTERVAL}
    elsewhere = hurdle(AUDIT[0], AUDIT[1] - math.log(mean), AUDIT[2])
    emergency = {"by": ["tumour"], **{t: {"exponential": {"mean": "%d days" % d}} for t, d in EMERGENCY_MEAN.items()},
                 "otherwise": {"exponential": {"mean": "%d days" % EMERGENCY_MEAN_ELSEWHERE}}}
    refer = {t: round(1 - math.sqrt(p), 3) for t, p in MANY_CONSULTATIONS.items()}
    slope = [-.393, -.255, -.117, .02, .16]  # logits: most deprived 38 % with three or more, least 23 (SEED)
    odds = {"deprivation": {"by": ["deprivation"], **{d: round(math.exp(x), 3) for d, x in zip(DEPRIVATION, slope)}},
            "ethnicity": {"by": ["ethnicity"], "black": 0.607, "otherwise": 1},
            "sex": {"by": ["sex"], "female": 1.041, "male": 0.965},
            "age": {"by": ["age"], "16_to_49": 0.927, "otherwise": 1},
            "practice": {"by": ["practice"],
                         **{p: round(math.exp((i - 5.5) * 0.13), 3) for p, i in zip(PRACTICES, [1, *range(1, 11), 10])}}}
    steps = {
        "first_symptom": {"kind": "delay", "label": "First symptom; those without cancer begin with their referral",
                          "takes": "0 min",
                          "then": {"by": ["cancer", "suspected"], "yes": "patient_interval",
                                   "no": {**{s: s for s in SUSPECTED.values()}, "none": "breast"}},
                          "mark": "assumed", "note": "what comes before the referral of those without cancer touches no measure"},
        "patient_interval": {"kind": "delay", "label": "Symptoms noticed, no doctor seen yet", "on_start": ["first_symptom"],
                             "takes": {"by": ["tumour"], **by_tumour, "otherwise": elsewhere}, "times": factors,
                             "gives_up": {"emergency": {"after": emergency, "then": "emergency"}},
                             "then": "consultation", "mark": "derived",
                             "source": "Keeble 2014; Lyratzopoulos 2015; 003 page 9 and figure 9",
                             "note": "length as in the audits of GP records, differences between groups as patients report "
                                     "them; breast, skin, prostate and bowel are assumed"},
        "consultation": {"kind": "delay", "label": "The GP or nurse is seen", "takes": "0 min",
                         "sets": {"consultations": {"by": ["consultations"], "0": "1", "1": "2", "2": "3_or_more",
                                                    "3_or_more": "3_or_more"}},
                         "on_finish": ["consulted"],
                         "then": {"by": ["tumour"], **{t: {"referral": r, "between_consultations": round(1 - r, 3)}
                                                       for t, r in refer.items()},
                                  "none": "referral"},
                         "odds": {"referral": odds}, "mark": "derived",
                         "source": "Lyratzopoulos 2012 and 2013; 003 page 9",
                         "note": "1 - sqrt(share with three or more); several tumours assumed, see disease.py; practices assumed"},
        "between_consultations": {"kind": "delay", "label": "Watchful waiting, blood tests, a chest film",
                                  "takes": {"exponential": {"mean": "18 days"}}, "times": {},
                                  "gives_up": {"emergency": {"after": emergency, "then": "emergency"}},
                                  "then": "consultation", "mark": "derived", "source": "Lyratzopoulos 2013",
                                  "note": "mean chosen so that the medians by number of consultations come out"},
        "referral": {"kind": "delay", "label": "The referral is written",
                     "takes": {"bands": {"1 min": 0.475, "1 day": 0.52, "3 days": 0.64, "8 days": 0.81, "20 days": 0.957, "50 days": 1}},
                     "counts": "working days", "then": "by_type", "mark": "derived", "source": "Lyratzopoulos 2013"},
        "by_type": {"kind": "delay", "label": "The referral arrives", "takes": "0 min",
                    "then": {"by": ["suspected"], **{s: s for s in SUSPECTED.values()}, "none": "breast"}},
        **steps_by_type(),
        "emergency": {"kind": "delay", "label": "Comes to hospital as an emergency", "takes": "0 min",
                      "sets": {"route": "emergency_and_other"},
                      "on_finish": ["admitted", "cut_short"], "then": "admitted"},
        "admitted": {"kind": "continues", "pathway": "emergency_and_other"},
    }
    attributes = {
        "practice": {"levels": PRACTICES,
                     "shares": {"by": ["cancer", "route"], "yes": PRACTICE_SHARES,
                                "no": {"screening": PRACTICE_SHARES, "otherwise": "5"}},
                     "summary": "Tenth of the general practices, by how readily they refer: 1 the least; the lowest and the highest hundredth apart",
                     "mark": "assumed",
                     "note": "practices differ by 30 points in detection rate (003 page 12); the shape is assumed; of those without cancer it matters in screening alone"},
        "consultations": {"levels": ["0", "1", "2", "3_or_more"], "shares": "0", "summary": "Consultations so far"},
    }
    return {"schema": 1, "attributes": attributes,
            "pathways": {"before_referral": {"summary": "From the first symptom to the referral", "start": "first_symptom",
                                             "steps": steps}}}


def invitation(fitted):
    """Screening: those whom it would call back if they took part. Nobody else touches a pathway."""
    slope = fitted["uptake_slope"]  # so that bowel uptake differs by 17 points from end to end (SEED)
    odds = {"deprivation": {"by": ["deprivation"], **{d: round(math.exp((i - 2) * slope), 3)
                                                      for i, d in enumerate(DEPRIVATION)}},
            "ethnicity": {"by": ["ethnicity"], "white": 1, "otherwise": 0.7},
            "practice": {"by": ["practice"], "lowest": round(math.exp(-SINGLE_PRACTICE), 3),
                         **{str(i): round(math.exp(0.49 * NormalDist().inv_cdf((i - .5) / 10)), 3) for i in range(1, 11)},
                         "highest": round(math.exp(SINGLE_PRACTICE), 3)},
            "whole": fitted["uptake_factor"]}
    years = {t: {"exponential": {"mean": "%d days" % round(365 * y)}} for t, y in SOJOURN_YEARS.items()}
    programmes = {"breast": "breast", "lower_gastrointestinal": "bowel_screening", "gynaecological": "cervical_screening",
                  "lung": "lung"}
    steps = {
        "invited": {"kind": "delay", "label": "Invited", "takes": "0 min", "on_finish": ["invited"],
                    "then": {"by": ["takes_part"], "yes": "called_back", "no": "not_seen"}},
        "called_back": {"kind": "delay", "label": "Screened, and called back", "takes": "0 min", "on_finish": ["referred"],
                        "then": {"by": ["suspected"], **{s: "to_" + s for s in programmes}, "otherwise": "to_breast"}},
        "not_seen": {"kind": "delay", "label": "Does not take part", "takes": "0 min",
                     "then": {"by": ["cancer"], "yes": "until_symptoms", "no": "nothing_found"}},
        "until_symptoms": {"kind": "delay", "label": "A cancer that screening would have found, without symptoms",
                           "takes": {"by": ["tumour"], **years, "otherwise": {"exponential": {"mean": "1095 days"}}},
                           "then": "home_trust", "mark": "assumed",
                           "note": "sojourn time; bowel 2.1 to 3.9 years cited, the others assumed"},
        "home_trust": {"kind": "transfer", "label": "The nearest trust", "then": "first_symptom"},
        "first_symptom": {"kind": "delay", "label": "Symptoms begin", "takes": "0 min", "sets": {"route": "urgent_suspected_cancer"},
                          "then": "with_symptoms"},
        "with_symptoms": {"kind": "continues", "pathway": "before_referral"},
        "nothing_found": {"kind": "end", "label": "No cancer, and not seen"},
        **{"to_" + s: {"kind": "continues", "pathway": p} for s, p in programmes.items()},
    }
    attribute = {"levels": ["yes", "no"], "shares": "yes", "odds": {"yes": odds},
                 "summary": "Takes part in screening; set by the screening streams", "mark": "derived",
                 "source": "002 pages 4 and 11, 003 page 9; NHS Digital 2022/23",
                 "note": "gaps of 17 points by deprivation in bowel screening, and of 66 between the lowest and the highest practice; ethnicity "
                         "and the shape between practices assumed"}
    return {"attributes": {"takes_part": attribute},
            "pathways": {"invitation": {"summary": "Screening invitations, of those whom a test would call back",
                                        "start": "invited", "steps": steps}}}


def disease(fitted):
    shares = {"by": ["tumour"], "none": "no_cancer",
              **{t: stage_shares(t, fitted["stage_shift"][t]) for t in COMPONENTS}, "otherwise": "not_recorded"}
    early = {"deprivation": {"by": ["deprivation"], **{d: round(math.exp((i - 2) * fitted["deprivation_slope"]), 4)
                                                       for i, d in enumerate(DEPRIVATION)}},
             "route": {"by": ["route"], **{r: round(math.exp(x), 4) for r, x in fitted["route"].items()}, "otherwise": 1}}
    progresses = {}
    for k, nxt in (("1", "2"), ("2", "3"), ("3", "4")):
        table = {"by": ["tumour"]}
        for t in COMPONENTS:
            table[t] = {"exponential": {"mean": "%d days" % round(months_of(t)[int(k) - 1] * MONTH)}}
        table["otherwise"] = {"exponential": {"mean": "365 days"}}
        progresses[k] = {"after": table, "to": nxt}
    attribute = {"levels": STAGES + ["not_recorded", "no_cancer"], "shares": shares, "odds": {"1": early, "2": early},
                 "progresses": progresses,
                 "summary": "Stage: at first symptom, then as time goes on; what is known is the stage last found", "mark": "derived",
                 "source": "Degeling's inverse stage shift on survival by stage and Hanna 2020; epidemiology.md B3.2, B6.3",
                 "note": "the mix at first symptom is fitted so that 60.4 % are found at stage 1 or 2, 8 points fewer of the most "
                         "deprived (003 page 8); makes survival and delay consistent, is not natural history"}
    evidence = {"mark": "derived", "source": "Cancer Research UK and ONS survival by stage; Hanna, BMJ 2020;371:m4087"}
    hazard = {"since": "diagnosed", "beyond": "28 days", "per": "28 days",
              "ratio": {"by": ["tumour"], "breast": 1.08, "head_and_neck": 1.09, "prostate": 1, "skin": 1,
                        "otherwise": 1.06}}
    by = ["tumour", "deprivation", "sex", "ethnicity", "age", "group", "route", "stage"]
    most_to_least = {"by": "deprivation", "from": "1_most_deprived", "to": "5_least_deprived"}
    least_to_most = {"by": "deprivation", "from": "5_least_deprived", "to": "1_most_deprived"}
    measures = {
        "early_stage": {
            "label": "Found at stage 1 or 2, of those staged", "on": "diagnosed", "unit": "share", "for": {"stage": STAGES},
            "value": {"by": ["stage"], "1": 1, "2": 1, "otherwise": 0},
            "by": ["tumour", "deprivation", "sex", "ethnicity", "age", "borough", "group", "provider", "route"],
            "target": {"2028-01-01": 0.75}, "target_is": "at_least",
            "gaps": {"deprivation": most_to_least, "boroughs": {"by": "borough", "at_least": 100},
                     "sexes": {"by": "sex", "from": "male", "to": "female"}, "ages": {"by": "age", "at_least": 100},
                     "ethnicities": {"by": "ethnicity", "at_least": 100}, "trusts": {"by": "provider", "at_least": 100},
                     "tumours": {"by": "tumour", "at_least": 50}},
            "mark": "strategy", "source": "002 page 4, 003 pages 8 and 14", "note": "national ambition 75 % by 2028; the alliance's minimum 65 % by 2030"},
        "uptake": {"label": "Take part in screening, of those whom it would call back", "on": "invited", "unit": "share",
                   "value": {"by": ["takes_part"], "yes": 1, "no": 0},
                   "by": ["suspected", "deprivation", "ethnicity", "practice", "group", "suspected+deprivation"],
                   "gaps": {"bowel_by_deprivation": {"by": "suspected+deprivation",
                                                     "from": "lower_gastrointestinal+1_most_deprived",
                                                     "to": "lower_gastrointestinal+5_least_deprived"},
                            "practices": {"by": "practice", "from": "lowest", "to": "highest"},
                            "tenths_of_practices": {"by": "practice", "from": "1", "to": "10"}, "deprivation": most_to_least,
                            "ethnicities": {"by": "ethnicity", "at_least": 50}, "areas": {"by": "group", "at_least": 50}}},
        "screening_route": {"label": "Found by screening", "on": "diagnosed", "unit": "share",
                            "value": {"by": ["route"], "screening": 1, "otherwise": 0}, "by": ["tumour", "deprivation"]},
        "emergency_route": {"label": "Found in an emergency", "on": "diagnosed", "unit": "share",
                            "value": {"by": ["route"], "emergency_and_other": 1, "otherwise": 0},
                            "by": ["tumour", "deprivation", "ethnicity"], "gaps": {"deprivation": least_to_most}},
        "emergency_before_referral": {"label": "Come as an emergency before they are referred", "on": "cut_short",
                                      "unit": "patients", "by": ["tumour", "deprivation"]},
        "patient_interval": {"label": "First symptom to first consultation", "on": "consulted", "unit": "days",
                             "for": {"cancer": "yes", "consultations": ["0", "1"]}, "days_since": "first_symptom",
                             "by": ["tumour", "deprivation", "sex", "ethnicity", "age"],
                             "gaps": {"deprivation": least_to_most, "sexes": {"by": "sex", "from": "female", "to": "male"},
                                      "ethnicities": {"by": "ethnicity", "at_least": 100}, "ages": {"by": "age", "at_least": 100}}},
        "many_consultations": {"label": "Three consultations or more before referral", "on": "referred", "unit": "share",
                               "for": {"cancer": "yes", "consultations": ["1", "2", "3_or_more"]},
                               "value": {"by": ["consultations"], "3_or_more": 1, "otherwise": 0},
                               "by": ["tumour", "deprivation", "sex", "ethnicity", "age"],
                               "gaps": {"deprivation": least_to_most, "sexes": {"by": "sex", "from": "female", "to": "male"},
                                        "ethnicities": {"by": "ethnicity", "at_least": 100}, "tumours": {"by": "tumour", "at_least": 50}}},
        "days_to_diagnosis": {"label": "First symptom to diagnosis", "on": "diagnosed", "unit": "days",
                              "for": {"route": ["urgent_suspected_cancer", "breast_symptomatic"]}, "days_since": "first_symptom", "by": ["tumour", "deprivation"]},
        "days_to_decision": {"label": "Referral to decision to treat", "on": "decision_to_treat", "unit": "days",
                             "days_since": "referred", "by": ["tumour", "provider"]},
        **{"survival_%d_year%s" % (y, "" if y == 1 else "s"): {
            "label": "Expected to live %d year%s, of those treated" % (y, "" if y == 1 else "s"), "on": "first_treatment_given",
            "unit": "share", "value": survival(y), "hazard": hazard, "by": by,
            "gaps": {"deprivation": most_to_least, "sexes": {"by": "sex", "from": "male", "to": "female"},
                     "ethnicities": {"by": "ethnicity", "at_least": 100}, "areas": {"by": "group", "at_least": 100},
                     "stages": {"by": "stage", "from": "4", "to": "1"}}, **evidence}
           for y in (1, 3, 5)},
    }
    return {"schema": 1, "attributes": {"stage": attribute}, "measures": measures}


def main(folder):
    with open(os.path.join(HERE, "fitted.json")) as file:
        fitted = json.load(file)
    before, invited = before_referral(fitted), invitation(fitted)
    for part in ("attributes", "pathways"):
        before[part].update(invited[part])
    for name, content in (("before-referral.json", before), ("disease.json", disease(fitted))):
        with open(os.path.join(folder, name), "w") as file:
            file.write(pretty(content) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE)
