"""Handing a decided enquiry over to the council's own system: a summary to copy, and the whole of it as JSON or CSV.

The names in capitals are the elements of the children in need census; the rest has no code there and keeps our names.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.adults.queries import at_risk, last_record
from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.allocation.census import NO_ETHNICITY, factors_of, primary_need_of
from openmash.allocation.policies import may_carry_over
from openmash.audit.action import reading
from openmash.decisions.codes import OUTCOMES
from openmash.decisions.models import Decision
from openmash.design.moments import day, local
from openmash.desk.enquiry import area_of
from openmash.enquiries import said
from openmash.enquiries.codes import ROLES_IN_ENQUIRY
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.policies import may_read_referrer
from openmash.enquiries.queries import load, story
from openmash.kit.cells import harmless
from openmash.people.carried import Carried, carried, in_words
from openmash.people.models import Professional
from openmash.people.relations import RELATIONS
from openmash.people.whereabouts import protection

FORMS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_OF_ENQUIRY = ("kind", "channel", "worry", "happened", "impact", "strengths", "history", "childs_words",
               "source_of_words", "alleged", "injury", "risk_to_staff", "help_tried", "wants", "thinks_level",
               "where_now", "early_help_done", "early_help_lead", "domestic_abuse_score", "told_family",
               "family_agrees", "agreed_by", "why_not_told", "why_not_told_words", "child_told", "keep_from_family",
               "parents_words", "earlier_homes", "follows_call", "care_needs", "cannot_protect", "capacity_doubt",
               "adults_wishes", "spoken_for_by", "abuse_risks", "abuse_grade", "abuse_because")  # fmt: skip
_OF_CARE_ACT = ("categories", "has_needs", "needs_because", "is_at_risk", "risk_because", "cannot_protect",
                "protect_because", "capacity", "decision_about", "assessed_by", "best_interests", "consent",
                "without_consent_because", "wishes", "why_no_wishes", "spoken_for_by")  # fmt: skip
_OF_REFERRER = ("name", "job_title", "organisation", "telephone", "email", "relationship", "manager_told")
_NUMBERS = {"la_child_id": "LAchildID", "upn": "UPN", "former_upn": "FormerUPN"}


@dataclass(frozen=True)
class HandOverPage:
    summary: str
    path: str


@reading(may=may_carry_over, event="enquiry.carried-over", keeps=("form",))
def carry_over(enquiry: Enquiry, *, by: User, now: datetime, form: str) -> dict[str, Any]:
    """What was taken over into another system: in which form, of which enquiry. Nothing sealed is in it."""
    decision = Decision.objects.filter(enquiry=enquiry, signed_at__isnull=False).latest("number")
    return {
        "reference": enquiry.reference,
        "LEA": enquiry.area.authority_code,
        "received_at": local(enquiry.received_at).isoformat(timespec="minutes"),
        "CINreferralDate": in_words(local(enquiry.received_at).date()),
        "ReferralSource": enquiry.source_code,
        "PrimaryNeedCode": primary_need_of(enquiry.concerns),
        "AssessmentFactors": list(factors_of(enquiry.concerns)),
        "concerns": list(enquiry.concerns),
        **{name: getattr(enquiry, name) for name in _OF_ENQUIRY},
        "referrer": _referrer(enquiry, by),
        "care_act": _care_act(enquiry, by),
        "decision": _decision(decision),
        "people": list(_people(enquiry)),
        "workers": list(_workers(enquiry)),
    }


def _referrer(enquiry: Enquiry, by: User) -> dict[str, Any]:
    """Whoever may not know who brought it does not carry it over either."""
    row = enquiry.referrer
    if not may_read_referrer(by, enquiry):
        return {"job_title": row.job_title, "organisation": row.organisation}
    return {name: getattr(row, name) for name in _OF_REFERRER} | {"keep_name_from_family": row.keep_name_from_family}


def _care_act(enquiry: Enquiry, by: User) -> dict[str, Any]:
    """The three-part test as it was last recorded of an adult at risk; empty of a child."""
    row = last_record(enquiry, by=by)
    if row is None:
        return {}
    facts = {name: getattr(row, name) for name in _OF_CARE_ACT}
    return facts | {"assessed_on": in_words(row.assessed_on) or "", "is_duty": row.is_duty}


def _decision(decision: Decision) -> dict[str, Any]:
    outcomes = list(decision.outcomes.select_related("team", "agency").order_by("id"))
    return {
        "decided_on": in_words(local(decision.signed_at).date()) if decision.signed_at else "",
        "level": decision.level,
        "ReferralNFA": 0 if any(OUTCOMES[one.kind].is_referral for one in outcomes) else 1,
        "outcomes": [
            {"kind": one.kind, "says": OUTCOMES[one.kind].label, "census": OUTCOMES[one.kind].census,
             "owner": one.owner_name, "what": one.what, "within": one.within}
            for one in outcomes
        ],
    }  # fmt: skip


def _people(enquiry: Enquiry) -> Iterator[dict[str, Any]]:
    rows = list(Party.objects.filter(enquiry=enquiry).order_by("order", "id"))
    known = carried(row.person_id for row in rows)
    for row in rows:
        yield _person(row, known[row.person_id])


def _person(row: Party, one: Carried) -> dict[str, Any]:
    facts = {name: in_words(value) for name, value in one.facts.items()}
    numbers = {_NUMBERS.get(kind, kind): value for kind, value in one.numbers.items()}
    return {
        "role": row.role,
        "relation_to_child": row.relation_to_child,
        "Forename": one.given,
        "Surname": one.family,
        "other_names": one.other_names,
        "PersonBirthDate": facts.pop("born_on") or "",
        "ExpectedPersonBirthDate": facts.pop("due_on") or "",
        "PersonDeathDate": facts.pop("died_on") or "",
        "Sex": facts.pop("sex"),
        "Ethnicity": facts.pop("ethnicity") or NO_ETHNICITY,
        **{name: numbers.pop(name, "") for name in (*_NUMBERS.values(), "nhs")},
        **facts,
        "address_lines": one.address_lines,
        "postcode": one.postcode,
        "telephone": one.telephone,
        "email": one.email,
        "is_address_withheld": one.is_guarded,
        "lives_in_household": row.lives_in_household,
        "school": "" if one.is_guarded else row.school,
        "gp": "" if one.is_guarded else row.gp,
        "legal_status": row.legal_status,
        "risk_factors": list(row.risk_factors),
        "note": row.note,
    }


def _workers(enquiry: Enquiry) -> Iterator[dict[str, Any]]:
    """Who works with them, each once: of a guarded person nobody, since who helps them tells where they are."""
    guarded, rows = protection().leads, Party.objects.filter(enquiry=enquiry).select_related("person")
    people = [row.person_id for row in rows if row.person.lead_id_or_own not in guarded]
    columns = ("agency", "role", "name", "contact")
    rows = Professional.objects.filter(person__in=people, until=None).order_by("id").values_list(*columns)
    yield from (dict(zip(columns, row, strict=True)) for row in dict.fromkeys(rows))


def as_csv(whole: dict[str, Any]) -> str:
    """One line a person, with what is of the whole enquiry on each: as an import of one table wants it."""
    apart = ("people", "workers", "referrer", "decision", "care_act")
    shared = {name: value for name, value in whole.items() if name not in apart}
    shared |= {f"care_act_{name}": value for name, value in whole["care_act"].items()}
    shared |= {f"referrer_{name}": value for name, value in whole["referrer"].items()}
    shared |= {name: value for name, value in whole["decision"].items() if name != "outcomes"}
    shared["outcomes"] = [one["kind"] for one in whole["decision"]["outcomes"]]
    shared["workers"] = [", ".join(filter(None, one.values())) for one in whole["workers"]]
    rows = [{name: _cell(value) for name, value in (person | shared).items()} for person in whole["people"]]
    text = io.StringIO()
    lines = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    """A list with semicolons; yes and no as the census writes them; nothing that a spreadsheet would calculate."""
    if isinstance(value, list):
        return harmless("; ".join(map(str, value)))
    return harmless("" if value is None else str(int(value)) if isinstance(value, bool) else str(value))


def in_plain_words(enquiry: Enquiry, whole: dict[str, Any], *, by: User) -> str:
    """The summary to copy."""
    told, decision = story(enquiry, by=by), whole["decision"]
    lines = [
        f"{whole['reference']}, received {day(enquiry.received_at)} from: {told.source}",
        f"Decided {_day(decision['decided_on'])}: "
        + "; ".join(f"{one['says']} ({one['owner']})" for one in decision["outcomes"]),
        f"Concerns: {', '.join(told.concerns) or 'none recorded'}",
        f"Census: source {whole['ReferralSource']}, primary need {whole['PrimaryNeedCode']}, factors "
        f"{', '.join(whole['AssessmentFactors']) or 'none'}",
        "",
        told.worry,
        *(f"{label}: {words}" for label, words in said.answers(enquiry)),
        f"Family told: {told.told_family}",
        f"Family agrees: {told.agreement}",
        *_care_act_in_lines(enquiry, by),
        "",
        *(_in_a_line(one) for one in whole["people"]),
        *(f"Works with them: {', '.join(filter(None, one.values()))}" for one in whole["workers"]),
    ]
    return "\n".join(lines)


def _care_act_in_lines(enquiry: Enquiry, by: User) -> list[str]:
    """The test in words: each part with its reason, and what the adult wants."""
    known = at_risk(enquiry, by=by)
    if known is None or not known.records:
        return []
    one = known.records[0]
    parts = [f"{part.name}: {'yes' if part.is_met else 'no'}. {part.because}" for part in one.parts]
    wishes = one.wishes or f"not known: {one.why_no_wishes}"
    said = [("Capacity", one.capacity), ("Best interests", one.best_interests), ("Consent", one.consent),
            ("Without consent because", one.without_consent_because), ("The adult wants", wishes),
            ("Spoken for by", one.spoken_for_by)]  # fmt: skip
    return [
        "",
        *parts,
        f"Kinds of abuse: {', '.join(one.categories)}",
        *(f"{label}: {words}" for label, words in said if words),
    ]


def _day(written: str) -> str:
    return day(date.fromisoformat(written)) if written else ""


def _in_a_line(one: dict[str, Any]) -> str:
    relation = RELATIONS[one["relation_to_child"]].name if one["relation_to_child"] in RELATIONS else ""
    numbers = [f"{name} {one[name]}" for name in ("LAchildID", "UPN", "nhs") if one[name]]
    where = "address withheld" if one["is_address_withheld"] else f"{one['address_lines']} {one['postcode']}".strip()
    born = f"born {_day(one['PersonBirthDate'])}" if one["PersonBirthDate"] else ""
    due = f"due {_day(one['ExpectedPersonBirthDate'])}" if one["ExpectedPersonBirthDate"] else ""
    name = f"{one['Forename']} {one['Surname']}".strip() or "Name not known"
    parts = (ROLES_IN_ENQUIRY.get(one["role"], one["role"]), relation, born, due, one["Sex"], where, one["telephone"],
             *numbers, one["school"], one["gp"], one["legal_status"], one["note"])  # fmt: skip
    return f"{name}: {', '.join(filter(None, parts))}"


@holding(Permission.SEE_ENQUIRIES)
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """The summary to copy, and where to take the whole."""
    return area_of(request, reference, "decision/", "desk/hand_over.html", lambda e, _: _page(e, request.user))


def _page(enquiry: Enquiry, by: User) -> HandOverPage:
    whole = carry_over(enquiry, by=by, form="summary")
    return HandOverPage(in_plain_words(enquiry, whole, by=by), f"/enquiry/{enquiry.reference}/hand-over")


@holding(Permission.SEE_ENQUIRIES)
def hand_over_file(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The whole of it as a file, named by its reference alone."""
    if form not in FORMS:
        raise Http404
    need_fresh_proof()
    enquiry = load(reference, by=request.user)
    whole = carry_over(enquiry, by=request.user, form=form, now=timezone.now())
    text = as_csv(whole) if form == "csv" else json.dumps(whole, indent=2, ensure_ascii=False)
    response = HttpResponse(text, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{enquiry.reference}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
