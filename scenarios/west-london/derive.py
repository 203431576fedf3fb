#!/usr/bin/env python3
"""Works out demand.json, flows.json and observed.json from the published cancer waiting times.

usage: python3 derive.py DATA_FOLDER [OUT_FOLDER]

DATA_FOLDER holds cwt_rmp_providers_2023-10_2025-03.csv and modality_by_tumour_first_treatment_ESTIMATE.csv.
Source of the figures: NHS England Cancer Waiting Times, Open Government Licence v3.0. Standard library only.
Reads fitted.json (made by fit.py) for the shares that come as an emergency before they are referred.
"""
import csv
import json
import os
import sys
from collections import defaultdict

FROM, UNTIL = "2024-04", "2025-03"
PUBLISHED = "NHS England Cancer Waiting Times, April 2024 to March 2025, final; Open Government Licence v3.0"
GROWTH = 0.0125  # referrals seen, October to March: 97,680 (2023/24) and 98,905 (2024/25); the strategy's +22 % and
# +26 % from April 2019 to January 2024 would be 4.3 and 5.0 % a year
NEVER_TREATED = 0.04  # of patients with cancer: decline all treatment or die before it; assumed
# Of the urgent patients with these tumours: the biopsy is the treatment (excision, resection); assumed.
TREATED_AT_BIOPSY = {"skin": 0.5, "other_urological": 0.4}
PROVIDERS = {"RQM": "cwft", "RJ6": "chs", "RJ7": "sguh", "RVR": "esth", "RAX": "krft", "R1K": "lnwh", "RYJ": "icht",
             "RAS": "thhft", "RPY": "rmft"}
TRUSTS = list(PROVIDERS.values())
# Share of those invited who take part (who would be called back, and may be a few points from the programme's own figure).
UPTAKE = {"breast": 0.554,   # London 2022/23, cited
          "lower_gastrointestinal": 0.70,  # England 2022/23, cited
          "gynaecological": 0.613,  # coverage, London 2023, cited
          "lung": 0.508}  # of those invited to a lung health check, Yorkshire Lung Screening Trial, cited
# Years from when screening could find a cancer to its first symptom: bowel 2.1 to 3.9 cited, the others assumed.
SOJOURN_YEARS = {"breast": 3, "lower_gastrointestinal": 3, "gynaecological": 3, "lung": 1.5}
NORTH_WEST = ["cwft", "lnwh", "icht", "thhft"]
SUSPECTED = {
    "Suspected acute leukaemia": "acute_leukaemia",
    "Suspected brain/central nervous system tumours": "brain_and_nervous_system",
    "Suspected breast cancer": "breast",
    "Suspected cancer - non-specific symptoms": "non_specific",
    "Suspected children's cancer": "childrens",
    "Suspected gynaecological cancer": "gynaecological",
    "Suspected haematological malignancies (excluding acute leukaemia)": "haematological",
    "Suspected head & neck cancer": "head_and_neck",
    "Suspected lower gastrointestinal cancer": "lower_gastrointestinal",
    "Suspected lung cancer": "lung",
    "Suspected other cancer": "other",
    "Suspected sarcoma": "sarcoma",
    "Suspected skin cancer": "skin",
    "Suspected testicular cancer": "testicular",
    "Suspected upper gastrointestinal cancer": "upper_gastrointestinal",
    "Suspected urological malignancies (excluding testicular)": "urological",
    "Exhibited (non-cancer) breast symptoms - cancer not initially suspected": "breast_symptoms",
}
TUMOURS = {
    "Breast": "breast", "Gynaecological": "gynaecological", "Haematological - Lymphoma": "lymphoma",
    "Haematological - Other (a)": "other_haematological", "Head & Neck": "head_and_neck",
    "Lower Gastrointestinal": "lower_gastrointestinal", "Lung": "lung", "Other (a)": "other", "Skin": "skin",
    "Upper Gastrointestinal - Hepatobiliary": "hepatobiliary",
    "Upper Gastrointestinal - Oesophagus & Stomach": "oesophagus_and_stomach",
    "Urological - Other (a)": "other_urological", "Urological - Prostate": "prostate"}
MODALITIES = {"Surgery": "surgery", "Anti-cancer drug regimen": "drug", "Radiotherapy": "radiotherapy",
              "Other": "other"}
ROUTES = {"URGENT SUSPECTED CANCER": "urgent_suspected_cancer", "SCREENING": "screening",
          "NATIONAL SCREENING PROGRAMME": "screening", "CONSULTANT UPGRADE": "consultant_upgrade",
          "BREAST SYMPTOMATIC": "breast_symptomatic",
          "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED": "breast_symptomatic"}
# Which suspected types the cancers of a tumour group are referred as. Assumed: the public files do not cross them.
REFERRED_AS = {
    "breast": {"breast": 1},
    "gynaecological": {"gynaecological": 0.96, "non_specific": 0.04},
    "lymphoma": {"haematological": 0.40, "head_and_neck": 0.40, "non_specific": 0.12, "childrens": 0.02,
                 "breast": 0.06},
    "other_haematological": {"haematological": 0.72, "non_specific": 0.16, "acute_leukaemia": 0.08, "childrens": 0.04},
    "head_and_neck": {"head_and_neck": 1},
    "lower_gastrointestinal": {"lower_gastrointestinal": 0.97, "non_specific": 0.03},
    "lung": {"lung": 0.90, "non_specific": 0.10},
    "other": {"sarcoma": 0.40, "brain_and_nervous_system": 0.12, "other": 0.03, "non_specific": 0.15,
              "upper_gastrointestinal": 0.10, "head_and_neck": 0.10, "lower_gastrointestinal": 0.07, "childrens": 0.03},
    "skin": {"skin": 1},
    "hepatobiliary": {"upper_gastrointestinal": 0.88, "lower_gastrointestinal": 0.04, "non_specific": 0.08},
    "oesophagus_and_stomach": {"upper_gastrointestinal": 1},
    "other_urological": {"urological": 0.94, "testicular": 0.06},
    "prostate": {"urological": 1},
}
SCREENED = {"breast": "breast", "lower_gastrointestinal": "lower_gastrointestinal", "gynaecological": "gynaecological",
            "lung": "lung"}
SCREENING_STREAMS = {"breast": "screening_breast", "lower_gastrointestinal": "screening_bowel",
                     "gynaecological": "screening_cervical", "lung": "screening_lung"}
# Relative weight of sending a patient on, from the trust to the others, before the margins are met. Assumed.
HUBS = {"cwft": {"icht": 1, "rmft": 1.5, "sguh": 0.05, "lnwh": 0.05}, "lnwh": {"icht": 1.5, "rmft": 0.3},
        "thhft": {"icht": 1.2, "rmft": 0.3, "lnwh": 0.4}, "icht": {"rmft": 0.4, "lnwh": 0.1, "cwft": 0.1},
        "chs": {"rmft": 1, "sguh": 1}, "esth": {"rmft": 1, "sguh": 1, "krft": 0.1}, "krft": {"rmft": 1, "sguh": 0.8},
        "sguh": {"rmft": 0.8}, "rmft": {"sguh": 0.1, "icht": 0.05}}


def one_line(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(json.dumps(k) + ": " + one_line(v) for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(one_line(v) for v in value) + "]"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def filled(words, pad):
    """Words with commas, as many to a line as fit in 118 columns."""
    lines, line = [], pad
    for i, word in enumerate(words):
        word += "," if i + 1 < len(words) else ""
        if len(line) + len(word) > 118:
            lines.append(line.rstrip())
            line = pad
        line += word + " "
    return "\n".join(lines + [line.rstrip()])


def pretty(value, indent=0, used=0):
    """JSON with every object that fits in 120 columns on one line."""
    flat = one_line(value)
    if not isinstance(value, (dict, list)) or (indent > 0 and indent + used + len(flat) <= 118):
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list) and all(isinstance(v, str) and len(v) < 40 for v in value) and len(value) > 7:
        return "[\n" + filled([one_line(v) for v in value], pad) + "\n" + " " * indent + "]"
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + pretty(v, indent + 2) for v in value) + "\n" + " " * indent + "]"
    if len(value) > 7 and all(isinstance(v, (int, float)) for v in value.values()):
        words = [json.dumps(k) + ": " + one_line(v) for k, v in value.items()]
        return "{\n" + filled(words, pad) + "\n" + " " * indent + "}"
    rows = [pad + json.dumps(k) + ": " + pretty(v, indent + 2, len(json.dumps(k)) + 2) for k, v in value.items()]
    return "{\n" + ",\n".join(rows) + "\n" + " " * indent + "}"


def read_counts(folder):
    """(standard, breakdown, route or stage, category, trust) -> [patients, within the limit]."""
    within = {"FDS28": 2, "CWT31": 1, "CWT62": 4, "FOA_USC": 1, "FHA_BS": 1}
    counts = defaultdict(lambda: [0.0, 0.0])
    by_month = defaultdict(float)
    with open(os.path.join(folder, "cwt_rmp_providers_2023-10_2025-03.csv"), newline="") as file:
        for row in csv.DictReader(file):
            if row["standard"] == "FOA_USC":
                by_month[row["month"]] += float(row["total"])
            if not FROM <= row["month"] <= UNTIL:
                continue
            key = (row["standard"], row["breakdown"], row["route_or_stage"], row["category"],
                   PROVIDERS[row["org_code"]])
            counts[key][0] += float(row["total"])
            counts[key][1] += sum(float(row[f"band{b}"] or 0) for b in range(1, within[row["standard"]] + 1))
    return counts, by_month


def fit_margins(seed, rows, columns, rounds=2000):
    """Scales seed[row][column] until its row and column sums are those given (iterative proportional fitting)."""
    table = {r: dict(seed[r]) for r in rows}
    for _ in range(rounds):
        for r, wanted in rows.items():
            total = sum(table[r].values())
            for c in table[r]:
                table[r][c] *= wanted / total if total > 0 else 0
        for c, wanted in columns.items():
            total = sum(table[r].get(c, 0) for r in rows)
            for r in rows:
                if c in table[r]:
                    table[r][c] *= wanted / total if total > 0 else 0
    return table


def shares(weights, least=0.0, digits=4):
    """Shares that sum to 1 exactly in decimal, without those below `least`."""
    total = sum(weights.values())
    kept = {k: v for k, v in weights.items() if total > 0 and v / total >= least and v > 0}
    kept_total = sum(kept.values())
    scale = 10 ** digits
    whole = {k: round(v / kept_total * scale) for k, v in kept.items()}
    largest = max(whole, key=whole.get)
    whole[largest] += scale - sum(whole.values())
    return {k: v / scale for k, v in whole.items() if v > 0}


class Published:
    """The published counts, under this scenario's names."""

    def __init__(self, counts):
        self.first = defaultdict(float)          # trust, tumour: first treatments
        self.first_modality = defaultdict(float)  # trust, modality
        self.subsequent = defaultdict(float)
        self.subsequent_modality = defaultdict(float)
        self.shared = defaultdict(float)         # trust, tumour, route: 62-day patients
        self.seen = defaultdict(float)           # trust, suspected type: urgent referrals seen
        self.told = defaultdict(float)           # trust, suspected type, route: counted in the 28-day standard
        for (standard, breakdown, route, category, trust), (n, _) in counts.items():
            if standard == "FOA_USC":
                self.seen[trust, SUSPECTED[category]] += n
            elif standard == "FHA_BS":
                self.seen[trust, "breast_symptoms"] += n
            elif standard == "FDS28" and breakdown == "tumour" and category in SUSPECTED:
                self.told[trust, SUSPECTED[category], ROUTES[route]] += n
            elif standard == "CWT31" and breakdown == "tumour" and route == "FIRST TREATMENT":
                self.first[trust, TUMOURS[category]] += n
            elif standard == "CWT31" and breakdown == "tumour" and route == "SUBSEQUENT TREATMENT":
                self.subsequent[trust, TUMOURS[category]] += n
            elif standard == "CWT31" and breakdown == "modality" and route == "FIRST TREATMENT":
                self.first_modality[trust, MODALITIES[category]] += n
            elif standard == "CWT31" and breakdown == "modality" and route == "SUBSEQUENT TREATMENT":
                self.subsequent_modality[trust, MODALITIES[category]] += n
            elif standard == "CWT62" and breakdown == "tumour" and route != "ALL ROUTES":
                self.shared[trust, TUMOURS[category], ROUTES[route]] += n


class Origins:
    """Where patients with cancer were referred. A patient who moves counts half at each trust in the 62-day figures and
    whole at the treating trust in the 31-day figures, so origin = 2 x shared - treated. The share of first treatments
    that were on a 62-day clock is taken tumour by tumour from the nine trusts together, so as many come as go."""

    def __init__(self, published):
        tumours = TUMOURS.values()
        self.on_clock = {}       # tumour: share of first treatments on a 62-day clock
        self.by_route = defaultdict(float)  # trust, tumour, route
        self.treated = defaultdict(float)   # trust, tumour: on a 62-day clock
        self.unclocked = defaultdict(float)
        routes = ["urgent_suspected_cancer", "breast_symptomatic", "screening", "consultant_upgrade"]
        for tumour in tumours:
            first = {t: published.first[t, tumour] for t in TRUSTS}
            shared = {t: sum(published.shared[t, tumour, r] for r in routes) for t in TRUSTS}
            share = self.on_clock[tumour] = sum(shared.values()) / sum(first.values())
            origin = {t: max(2 * shared[t] - share * first[t], 0.0) for t in TRUSTS}
            scale = sum(shared.values()) / sum(origin.values())
            for trust in TRUSTS:
                self.treated[trust, tumour] = share * first[trust]
                self.unclocked[trust, tumour] = (1 - share) * first[trust]
                for route in routes:
                    part = published.shared[trust, tumour, route] / shared[trust] if shared[trust] else 0
                    self.by_route[trust, tumour, route] += origin[trust] * scale * part
        self.place_screening(published)

    def place_screening(self, published):
        """Screening cancers belong to the trusts that run the programme; what does not fit is an upgrade."""
        for (trust, tumour, route), n in list(self.by_route.items()):
            if route not in ("screening", "breast_symptomatic") or n == 0:
                continue
            programme = "breast_symptoms" if route == "breast_symptomatic" else SCREENED.get(tumour)
            room = 0.45 * published.told[trust, programme, route] if programme else 0
            if route == "breast_symptomatic" and tumour != "breast":
                room = 0
            if n > room:
                hub = "icht" if trust in NORTH_WEST else "sguh"
                if tumour == "lower_gastrointestinal" and trust == "thhft":
                    hub = "lnwh"
                self.by_route[trust, tumour, route] = 0
                if programme and published.told[hub, programme, route] > 100:
                    self.by_route[hub, tumour, route] += n
                else:
                    self.by_route[trust, tumour, "consultant_upgrade"] += n


def split_urgent(published, origins):
    """(trust, suspected type, tumour) -> cancers a year among urgent referrals; what does not fit is upgraded."""
    found = defaultdict(float)
    types = [s for s in SUSPECTED.values() if s != "breast_symptoms"]
    everywhere = {s: sum(published.seen[t, s] for t in TRUSTS) for s in types}
    for trust in TRUSTS:
        room = {s: 0.55 * published.seen[trust, s] for s in types}
        for tumour, referred_as in REFERRED_AS.items():
            left = origins.by_route[trust, tumour, "urgent_suspected_cancer"]
            for _ in range(6):
                weights = {s: w * published.seen[trust, s] / everywhere[s]
                           for s, w in referred_as.items() if room[s] > 0.01}
                total = sum(weights.values())
                if left < 1e-9 or total <= 0:
                    break
                placed = 0.0
                for s, w in weights.items():
                    take = min(left * w / total, room[s])
                    found[trust, s, tumour] += take
                    room[s] -= take
                    placed += take
                left -= placed
            origins.by_route[trust, tumour, "consultant_upgrade"] += left
    return found


def tumour_rows(cancers, referrals):
    """By trust: share of the referrals with no cancer and with each tumour."""
    rows = {}
    for trust in TRUSTS:
        if referrals.get(trust, 0) <= 0:
            continue
        weights = {"none": referrals[trust]}
        for tumour, n in cancers.get(trust, {}).items():
            if n > 0.02:
                weights[tumour] = n / (1 - NEVER_TREATED * (1 - TREATED_AT_BIOPSY.get(tumour, 0)))
                weights["none"] -= weights[tumour]
        rows[trust] = shares(weights)
    rest = {} if len(rows) == len(TRUSTS) else {"otherwise": "none"}
    return {"by": ["provider"], **rows, **rest}


def working_days(month):
    import datetime
    holidays = {"2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25", "2024-12-26", "2025-01-01", "2024-04-01"}
    year, number = int(month[:4]), int(month[5:])
    day, count = datetime.date(year, number, 1), 0
    while day.month == number:
        count += day.weekday() < 5 and day.isoformat() not in holidays
        day += datetime.timedelta(1)
    return count


def demand(published, origins, by_month):
    names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    rate = {names[int(m[5:]) - 1]: n / working_days(m) for m, n in by_month.items() if FROM <= m <= UNTIL}
    mean = sum(rate.values()) / 12
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fitted.json")) as file:
        emergency = json.load(file)["emergency_share"]
    found = split_urgent(published, origins)
    came_missed, homes = missed_by_screening(origins, found)
    source = {"mark": "observed", "source": PUBLISHED}
    derived = {"mark": "derived", "source": PUBLISHED}
    streams = {}

    def stream(name, summary, pathway, route, suspected, volume, cancers, evidence, marks=("referred",)):
        volume = {t: v for t, v in volume.items() if v > 0}
        streams[name] = {
            "summary": summary, "pathway": pathway, "per_year": volume, "volumes_from": "2024-04-01",
            "growth_per_year": GROWTH, "profile": "referrals", "milestones": list(marks),
            "attributes": {"route": route, "suspected": suspected, "tumour": tumour_rows(cancers, volume)},
            **evidence}

    note = "volumes published; tumours derived from treatments; growth: October to March, 2024/25 on 2023/24"
    for label, suspected in SUSPECTED.items():
        if suspected == "breast_symptoms":
            continue
        # Some of those with cancer come as an emergency instead; some were missed by screening and come from there.
        cancers, volume = {}, {}
        for t in TRUSTS:
            own = {x: found[t, suspected, x] for x in TUMOURS.values()}
            if suspected in came_missed:
                own[suspected] = max(own[suspected] - came_missed[suspected][t], 0)
            cancers[t] = {x: n / (1 - emergency.get(x, 0)) for x, n in own.items()}
            volume[t] = round(published.seen[t, suspected] + sum(cancers[t].values()) -
                              sum(found[t, suspected, x] for x in TUMOURS.values()))
        stream("urgent_" + suspected, label + ", urgent referral", "before_referral", "urgent_suspected_cancer",
               suspected, volume, cancers, {**source, "note": note}, [])
    told = {t: round(published.seen[t, "breast_symptoms"]) for t in TRUSTS}
    stream("breast_symptomatic", "Breast symptoms, cancer not suspected", "before_referral", "breast_symptomatic",
           "breast_symptoms", told,
           {t: {"breast": origins.by_route[t, "breast", "breast_symptomatic"]} for t in TRUSTS},
           {**source, "note": note}, [])
    for suspected, name in SCREENING_STREAMS.items():
        uptake = UPTAKE[suspected]
        invited = {t: round(published.told[t, suspected, "screening"] / uptake) for t in TRUSTS}
        stream(name, label_of_screening(suspected), "invitation", "screening", suspected, invited,
               {t: {suspected: origins.by_route[t, suspected, "screening"] / uptake} for t in TRUSTS},
               {**derived, "note": "those whom screening would call back if they took part: counted in the 28-day "
                                   "standard, over uptake"}, [])
        streams[name]["attributes"]["takes_part"] = {"yes": uptake, "no": round(1 - uptake, 3)}
    for name, summary, pathway, route, mark, count in (
            ("consultant_upgrade", "Upgraded by a consultant at referral to the cancer meeting", "consultant_upgrade",
             "consultant_upgrade", "upgraded", lambda t, x: origins.by_route[t, x, "consultant_upgrade"]),
            ("emergency_and_other", "Emergency and other routes, on no 62-day clock", "emergency_and_other",
             "emergency_and_other", "admitted", lambda t, x: origins.unclocked[t, x])):
        patients = {t: {x: count(t, x) / (1 - NEVER_TREATED) for x in TUMOURS.values()} for t in TRUSTS}
        if name == "emergency_and_other":  # less those who come from their GP's care
            for t in TRUSTS:
                for x in TUMOURS.values():
                    share = emergency.get(x, 0)
                    own = sum(found[t, s, x] for s in SUSPECTED.values()) * share / (1 - share)
                    patients[t][x] = max(patients[t][x] - own, 0.02)
        stream(name, summary, pathway, route, "none", {t: round(sum(patients[t].values())) for t in TRUSTS}, {},
               {**derived, "note": "origin = 2 x 62-day share - first treatments"}, [mark])
        streams[name]["attributes"]["tumour"] = {"by": ["provider"], **{t: shares(patients[t]) for t in TRUSTS}}
    profile = {"months": {m: round(rate[m] / mean, 3) for m in names},
               "weekdays": {"mon": 1.15, "tue": 1.1, "wed": 1.05, "thu": 1, "fri": 0.95, "sat": 0.05, "sun": 0.03},
               "holidays": 0.1,
               **derived, "note": "months: referrals first seen per working day; weekdays and holidays assumed"}
    leaving = {}
    for t in TRUSTS:
        seen = sum(published.seen[t, s] for s in SUSPECTED.values() if s != "breast_symptoms")
        told = sum(published.told[t, s, "urgent_suspected_cancer"] for s in SUSPECTED.values())
        well = seen - sum(n for (trust, _, _), n in found.items() if trust == t)
        leaving[t] = shares({"yes": max(seen - told, 1) / well, "no": 1 - max(seen - told, 1) / well})
    leaves = {"by": ["cancer", "route", "provider"],
              "no": {"urgent_suspected_cancer": leaving, "breast_symptomatic": leaving, "otherwise": "no"}, "yes": "no"}
    attribute = {"levels": ["yes", "no"], "shares": leaves,
                 "summary": "Leaves before being told, and is not counted in the 28-day standard",
                 **derived, "note": "urgent referrals seen less patients counted in the 28-day standard, by trust"}
    unseen_streams, waiting = unseen(origins)
    to = {"by": ["suspected"], **homes, "otherwise": {t: round(1 / 9, 3) for t in TRUSTS[1:]} | {TRUSTS[0]: 0.112}}
    return {"attributes": {"withdraws": attribute}, "profiles": {"referrals": profile},
            "demand": {**streams, **unseen_streams}, "waiting": waiting,
            "pathways": {"invitation": {"steps": {"home_trust": {
                "to": to, **derived, "note": "in the proportions of urgent referrals with such cancers"}}}}}


def missed_a_year(origins, suspected, trust):
    return origins.by_route[trust, suspected, "screening"] * (1 - UPTAKE[suspected]) / UPTAKE[suspected]


def missed_by_screening(origins, found):
    """suspected type -> trust -> cancers a year that screening missed, for want of taking part, and that come with
    symptoms: as many as are missed, for the numbers are nearly steady; and the shares in which they come to trusts."""
    came, homes = {}, {}
    for suspected in SCREENED:
        missed = sum(missed_a_year(origins, suspected, t) for t in TRUSTS)
        urgent = {t: found[t, suspected, suspected] for t in TRUSTS}
        came[suspected] = {t: missed * n / sum(urgent.values()) for t, n in urgent.items()}
        homes[suspected] = shares(urgent, 0.005, 3)
    return came, homes


def unseen(origins):
    """Cancers on the first day that screening missed and that have no symptoms yet: streams without arrivals for who
    they are, and how many there are."""
    streams, waiting = {}, {}
    for suspected, years in SOJOURN_YEARS.items():
        note = {"mark": "assumed", "note": "missed a year times the years until symptoms"}
        streams["unseen_" + suspected] = {
            "summary": "Cancers that screening missed before the first day", "pathway": "invitation",
            "per_year": {t: 0 for t in TRUSTS}, "attributes": {"route": "screening", "suspected": suspected,
                                                               "tumour": suspected, "takes_part": "no"}, **note}
        for t in TRUSTS:
            patients = round(missed_a_year(origins, suspected, t) * years)
            if patients > 0:
                waiting["unseen_%s_at_%s" % (suspected, t)] = {
                    "like": "unseen_" + suspected, "provider": t, "pathway": "invitation", "step": "until_symptoms",
                    "patients": patients, "waited": {"exponential": {"mean": "%d days" % (365 * years)}}, **note}
    return streams, waiting


def label_of_screening(suspected):
    return {"breast": "Breast screening, recalled for assessment", "lower_gastrointestinal": "Bowel screening",
            "gynaecological": "Cervical screening, referred to colposcopy", "lung": "Lung cancer screening"}[suspected]


def leaving_seed(trust):
    seed = {t: 0.004 for t in TRUSTS}
    seed.update({t: 0.15 * w for t, w in HUBS[trust].items()})
    seed[trust] = 1.0
    return seed


def given_at(trust, modality):
    """Radiotherapy is given at two trusts; the handful counted at others is left out."""
    return modality != "radiotherapy" or trust in ("icht", "rmft")


def stay_and_go(table, least):
    stays, goes = {}, {}
    for trust, row in table.items():
        total = sum(row.values())
        if total <= 0:
            continue
        away = {t: v for t, v in row.items() if t != trust}
        share = 1 - row.get(trust, 0) / total
        if share < 0.005:
            continue
        stays[trust] = shares({"stay": 1 - share, "go": share}, digits=3)
        goes[trust] = shares(away, least, 3)
    return stays, goes


def modality_seed(folder):
    with open(os.path.join(folder, "modality_by_tumour_first_treatment_ESTIMATE.csv"), newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        names = {"surgery": "surgery", "anti_cancer_drug": "drug", "radiotherapy": "radiotherapy", "other": "other"}
        return {TUMOURS[r["tumour"]]: {m: float(r[c]) for c, m in names.items()} for r in rows}


def flows(folder, published, origins):
    """Who goes where for treatment, and by what means."""
    routes = ["urgent_suspected_cancer", "breast_symptomatic", "screening", "consultant_upgrade"]
    stays, goes = {}, {}
    for tumour in TUMOURS.values():
        rows = {t: sum(origins.by_route[t, tumour, r] for r in routes) for t in TRUSTS}
        columns = {t: origins.treated[t, tumour] for t in TRUSTS}
        for t in TRUSTS:  # those treated at biopsy do not move
            there = TREATED_AT_BIOPSY.get(tumour, 0) * origins.by_route[t, tumour, "urgent_suspected_cancer"]
            there = min(there, 0.9 * rows[t], 0.9 * columns[t])
            rows[t], columns[t] = rows[t] - there, columns[t] - there
        table = fit_margins({t: leaving_seed(t) for t in TRUSTS}, rows, columns)
        stays[tumour], goes[tumour] = stay_and_go(table, 0.02)
    margins = {(t, x): published.first[t, x] for t in TRUSTS for x in TUMOURS.values() if published.first[t, x] > 0}
    seed = modality_seed(folder)
    columns = {(t, m): published.first_modality[t, m] if given_at(t, m) else 0
               for t in TRUSTS for m in MODALITIES.values()}
    cells = {key: {(key[0], m): seed[key[1]][m] for m in MODALITIES.values() if given_at(key[0], m)} for key in margins}
    mix = fit_margins(cells, margins, columns, 300)
    modality = defaultdict(dict)
    for (trust, tumour), row in mix.items():
        modality[tumour][trust] = shares({m: n for (_, m), n in row.items()}, 0.002, 3)
    ratio = {x: sum(published.subsequent[t, x] for t in TRUSTS) / sum(published.first[t, x] for t in TRUSTS)
             for x in TUMOURS.values()}
    rows = {t: sum(published.first[t, x] * ratio[x] for x in TUMOURS.values()) for t in TRUSTS}
    columns = {t: sum(published.subsequent[t, x] for x in TUMOURS.values()) for t in TRUSTS}
    later = {t: {u: (0.12 if u == t else 0.0005) + 2 * HUBS[t].get(u, 0) for u in TRUSTS} for t in TRUSTS}
    for hub in ("icht", "rmft", "sguh"):
        later[hub][hub] = 20
    later_stays, later_goes = stay_and_go(fit_margins(later, rows, columns), 0.02)
    later_modality = {t: shares({m: published.subsequent_modality[t, m] for m in MODALITIES.values() if given_at(t, m)},
                                0.004, 3)
                      for t in TRUSTS}
    again = {x: shares({"again": r / (1 + r), "finished": 1 / (1 + r)}, digits=3) for x, r in ratio.items()}
    return build_flows(stays, goes, modality, later_stays, later_goes, later_modality, again)


def renamed(row, names):
    return {names[k]: v for k, v in row.items()}


def build_flows(stays, goes, modality, later_stays, later_goes, later_modality, again):
    here = {"stay": "treatment_here", "go": "handover"}
    later = {"stay": "agree_next_treatment", "go": "handover"}
    next_step = {"again": "further_treatment", "finished": "treatment_completed"}
    once_more = {"again": "agree_next_treatment", "finished": "treatment_completed"}
    derived = {"mark": "derived", "source": PUBLISHED}
    margins = "fitted to published margins from an assumed start"
    return {"pathways": {
        "cancer": {"steps": {
            "place_of_treatment": {
                "then": {"by": ["tumour", "provider"],
                         **{x: {**{t: renamed(r, here) for t, r in rows.items()},
                                **({} if len(rows) == len(TRUSTS) else {"otherwise": "treatment_here"})}
                            for x, rows in stays.items()}, "otherwise": "treatment_here"}},
            "handover": {
                "to": {"by": ["tumour", "provider"], **{x: {**rows, **spare(rows)} for x, rows in goes.items()},
                       "otherwise": "rmft"},
                **derived, "note": margins}}},
        "treatment": {"steps": {
            "agree_treatment": {"sets": {"modality": {"by": ["tumour", "provider"],
                                                      **{x: with_rest(rows) for x, rows in modality.items()},
                                                      "otherwise": "surgery"}},
                                **derived, "note": margins + "; modality by tumour is an estimate"}}},
        "after_treatment": {"steps": {
            "recovery": {"then": {"by": ["tumour"], **{x: renamed(r, next_step) for x, r in again.items()},
                                  "otherwise": "treatment_completed"}}}},
        "further_treatment": {"steps": {
            "place_of_next_treatment": {
                "then": {"by": ["provider"], **{t: renamed(r, later) for t, r in later_stays.items()}}},
            "handover": {"to": {"by": ["provider"], **later_goes, **spare(later_goes)},
                         **derived, "note": margins},
            "agree_next_treatment": {"sets": {"modality": {"by": ["provider"], **later_modality}},
                                     **derived, "note": "modality of subsequent treatments by trust"},
            "recovery": {"then": {"by": ["tumour"], **{x: renamed(r, once_more) for x, r in again.items()},
                                  "otherwise": "treatment_completed"}}}}}}


def spare(rows):
    return {} if len(rows) == len(TRUSTS) else {"otherwise": "rmft"}


def with_rest(rows):
    if len(rows) == len(TRUSTS):
        return rows
    return {**rows, "otherwise": "surgery"}


def observed(counts):
    def table(standard, stage, routes=None):
        sums = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))

        def add(stratum, level, pair):
            sums[stratum][level][0] += pair[0]
            sums[stratum][level][1] += pair[1]

        for (st, breakdown, route, category, trust), pair in counts.items():
            if st != standard:
                continue
            whole = route in (stage, "ALL ROUTES")
            if breakdown == "all" and route == stage:
                add("all", "all", pair)
                add("provider", trust, pair)
                add("group", "north_west_london" if trust in NORTH_WEST else "south_west_london", pair)
            if standard == "FDS28" and breakdown == "tumour":
                add("route", ROUTES[route], pair)
                if category in SUSPECTED:
                    add("suspected", SUSPECTED[category], pair)
            if standard == "CWT62" and breakdown == "all" and route in ROUTES:
                add("route", ROUTES[route], pair)
            if standard != "FDS28" and breakdown == "tumour" and whole:
                add("tumour", TUMOURS[category], pair)
            if standard != "FDS28" and breakdown == "modality" and whole:
                add("modality", MODALITIES[category], pair)
        order = [s for s in ("all", "provider", "group", "route", "suspected", "tumour", "modality") if s in sums]
        return {"from": FROM + "-01", "until": "2025-03-31",
                "attainment": {s: {k: round(v[1] / v[0], 4) for k, v in sums[s].items() if v[0] > 0} for s in order},
                "patients": {s: {k: v[0] for k, v in sums[s].items() if v[0] > 0} for s in order},
                "mark": "observed", "source": PUBLISHED}

    counts = dict(sorted(counts.items(), key=lambda item: (TRUSTS.index(item[0][4]), item[0])))
    return {"observed": {"fds": table("FDS28", "ALL ROUTES"), "d31_first": table("CWT31", "FIRST TREATMENT"),
                         "d31_subsequent": table("CWT31", "SUBSEQUENT TREATMENT"), "d62": table("CWT62", "ALL ROUTES")}}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) == 3 else os.path.dirname(os.path.abspath(__file__))
    counts, by_month = read_counts(folder)
    published = Published(counts)
    origins = Origins(published)
    parts = {"demand": demand(published, origins, by_month), "flows": flows(folder, published, origins),
             "observed": observed(counts)}
    for name, part in parts.items():
        with open(os.path.join(out, name + ".json"), "w", encoding="utf-8") as file:
            file.write(pretty({"schema": 1, **part}) + "\n")


if __name__ == "__main__":
    main()
