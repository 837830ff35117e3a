"""Fills in the public and the professional form as a browser without JavaScript would, page after page."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

Answers = Mapping[str, Mapping[str, Any]]

PUBLIC: dict[str, dict[str, Any]] = {
    "danger": {"danger": "no"},
    "who": {"kind": "child"},
    "worry": {"worry": "Shouting at night, and a small child outside alone"},
    "postcode": {"area_postcode": "WX3 4AB"},
    "find": {"address_lines": "14 Mill Lane", "postcode": "WX3 4AB"},
    "children": {"children-number": "0", "children-0-given": "Mia", "children-0-family": "Bell", "children-0-age": "7"},
    "unborn": {},
    "adults": {"adults-number": "0"},
    "told": {},
    "you": {"identity": "anonymous"},
    "knowing": {},
}
PROFESSIONAL: dict[str, dict[str, Any]] = {
    "danger": {"danger": "no"},
    "you": {
        "referrer_name": "Siobhan Daly",
        "job_title": "Health visitor",
        "source_code": "3B",
        "organisation": "Wendmark Community Health",
        "referrer_telephone": "01632 960 333",
        "referrer_email": "siobhan.daly@health.example",
        "wants_feedback_by": "email",
    },
    "who": {"kind": "child"},
    "postcode": {"area_postcode": "WX1"},
    "children": {
        "children-number": "0",
        "children-0-given": "Amélie",
        "children-0-family": "Żak-O’Neil",
        "children-0-born_on-day": "3",
        "children-0-born_on-month": "4",
        "children-0-born_on-year": "2019",
        "children-0-sex": "F",
    },
    "more-about-child/0": {"nhs": "943 476 5919", "school": "Wend Primary", "language": "Polish"},
    "unborn": {"is_pregnant": "no"},
    "find": {"address_lines": "Flat 2, 14 Mill Lane", "postcode": "WX1 2AB"},
    "adults": {
        "adults-number": "0",
        "adults-0-given": "Dawn",
        "adults-0-relation": "mother",
        "adults-0-has_parental_responsibility": "yes",
        "adults-0-lives_in_household": "yes",
    },
    "more-about-adult/0": {"risk_factors": ["mental_health", "alcohol"], "is_safe_to_contact": "no"},
    "workers": {"workers-number": "0", "workers-0-agency": "Wend Primary", "workers-0-role": "Class teacher"},
    "worry": {"worry": "Bruises on both arms", "happened": "Seen on 3 and on 17 November"},
    "kinds": {"concerns": ["physical_adult", "da_parent"]},
    "dash": {"domestic_abuse_score": "11"},
    "harm": {"alleged": "The mother’s partner"},
    "words": {"childs_words": "He shouts", "source_of_words": "told"},
    "effect": {"impact": "She does not sleep", "strengths": "Her grandmother"},
    "before": {"history": "None known", "early_help_done": "yes", "early_help_lead": "The school"},
    "level": {"wants": "An assessment", "thinks_level": "3"},
    "told": {"told_family": "no", "why_not_told": "raises_risk"},
    "agree": {"family_agrees": "not_asked"},
}


def walk(client: Client, path: str, answers: Answers, *, until: str = "check") -> str:
    """Answer every page that the form leads to, and return the address of the page where it stops."""
    at = client.post(path).url
    for _ in range(60):
        key = at.split("?")[0].removeprefix(path).strip("/")
        if key == until:
            return at
        answer = client.post(at, answers.get(key, {}))
        assert answer.status_code == 302, f"{key}: {problems(answer)}"
        assert answer.url != at, f"{key} leads to itself"
        at = answer.url
    raise AssertionError(f"The form never came to {until}, only to {at}")


def send(client: Client, path: str, **more: str) -> Any:
    return client.post(f"{path}check/", {"is_true": "true", **more}, follow=True)


def problems(answer: Any) -> list[str]:
    """The lines of the error summary."""
    text = answer.content.decode()
    summary = text[text.find("govuk-error-summary__list") :].split("</ul>")[0] if "govuk-error-summary" in text else ""
    return [re.sub(r"<[^>]*>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)]


def reference_in(answer: Any) -> str:
    found = re.search(r"[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.content.decode())
    assert found, "there is no reference on this page"
    return found[0]
