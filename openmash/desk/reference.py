"""The reference pages, printed from the code itself: what they say is what runs."""

import json
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from django.apps import apps
from django.test import RequestFactory
from django.urls import resolve

import openmash
from openmash.agencies.roles import ROLES, Permission, who_may
from openmash.audit.action import DEEDS
from openmash.desk.asvs import ITEMS, NOT_CLAIMED
from openmash.desk.routes import routes
from openmash.disclosure.workflow import RELEASE
from openmash.enquiries.codes import (
    ABUSE_RISKS,
    CHANNELS,
    CONCERNS,
    LEGAL_STATUSES,
    RATINGS,
    RISK_FACTORS,
    SOURCES,
    WHY_NOT_TOLD,
)
from openmash.enquiries.workflow import DESK_WORDS, DESKS, JOURNEY, STATUS_WORDS
from openmash.feeds.shelf import FORMATS
from openmash.gathering.shelf import KINDS, RETURNS
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES
from openmash.kit.workflow import Workflow
from openmash.people.ethnicities import ETHNICITIES
from openmash.people.relations import RELATIONS
from openmash.records.codes import GROUNDS, HOLDS
from openmash.records.rules import RULES

_APART = {"tests", "migrations", "__main__", "wsgi", "cli", "embedded"}
_MADE = "<!-- Made from the code by `python manage.py reference`. Do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """Every reference page: its file name and its text."""
    whole_house()
    return {
        "journey.md": _journey(),
        "who-may-what.md": _who_may_what(),
        "ledger-events.md": _ledger(),
        "returns.md": _returns(),
        "feeds.md": _feeds(),
        "privacy.md": _privacy(),
        "routes.md": _routes(),
        "api.md": _api(openapi()),
        "openapi.json": json.dumps(openapi(), indent=1, sort_keys=True) + "\n",
        "codes.md": _codes(),
        "asvs.md": _asvs(),
    }


def _asvs() -> str:
    rows = [
        (number, item.asvs, item.promise, "<br>".join(f"`{test}`" for test in item.tests) or "None", item.result)
        for number, item in enumerate(ITEMS, 1)
    ]
    return (
        _MADE + "# What of ASVS is promised, and shown\n\n"
        "Forty items of OWASP's Application Security Verification Standard 5.0, in our words. `./mash test` runs every "
        "test that is named, and is red when one fails. Where no test shows something, it says so. Nobody outside has "
        "looked at this: it is what openmash says of itself.\n\n"
        + _table(("", "ASVS 5.0", "Promise", "Test", "Result"), rows)
        + "## Of level 3, not claimed\n\n"
        + _table(("ASVS 5.0", "What"), NOT_CLAIMED)
    ).rstrip() + "\n"


def whole_house() -> None:
    """Import every module, so that every act is known whichever pages were asked for before."""
    for module in pkgutil.walk_packages(openmash.__path__, "openmash."):
        if not _APART & set(module.name.split(".")):
            import_module(module.name)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += [
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n\n"


def _workflow(workflow: Workflow) -> str:
    moves = _table(
        ("Move", "From", "To"), [(move.words, ", ".join(move.sources), move.target) for move in workflow.moves]
    )
    return f"```mermaid\n{workflow.diagram().strip()}\n```\n\n{moves}"


def _journey() -> str:
    desks = _table(
        ("Status", "In words", "Waits at"),
        [
            (status, STATUS_WORDS[status], DESK_WORDS.get(DESKS[status], "nobody: it is closed"))
            for status in STATUS_WORDS
        ],
    )
    return (
        f"{_MADE}# The journey of an enquiry\n\n{_workflow(JOURNEY)}## Who owns it at each status\n\n{desks}"
        f"# The release of sealed information\n\n{_workflow(RELEASE)}"
    ).rstrip() + "\n"


def _who_may_what() -> str:
    roles = "".join(
        f"## {role.name}\n\n{role.does}\n\nNever: {role.never[0].lower()}{role.never[1:]}\n\n"
        f"Permissions: {', '.join(sorted(p.replace('_', ' ') for p in role.may))}.\n\n"
        for role in ROLES.values()
    )
    permissions = _table(("Permission", "Held by"), [(p.replace("_", " "), who_may(p)) for p in Permission])
    return f"{_MADE}# Who may do what\n\n{roles}# Permissions\n\n{permissions}".rstrip() + "\n"


def _ledger() -> str:
    rows = sorted(
        (
            deed.event,
            "look" if deed.is_reading else "act",
            deed.says.split("\n\n")[0],
            deed.policy.removeprefix("openmash."),
        )
        for deed in DEEDS.values()
    )
    return (
        f"{_MADE}# What the ledger records\n\n{_table(('Event', 'Kind', 'What happened', 'Policy'), rows)}".rstrip()
        + "\n"
    )


def _returns() -> str:
    parts = []
    for form in RETURNS.all():
        systems = "\n".join(f"- {system.name}" for system in form.systems)
        prompts = _table(("Heading", "Hint", "Kind"), [(p.label, p.hint, KINDS[p.kind]) for p in form.prompts])
        parts.append(f"## {form.name}\n\n{form.asks}\n\nSystems:\n\n{systems}\n\n{prompts}")
    return f"{_MADE}# The returns of the agencies\n\n{''.join(parts)}".rstrip() + "\n"


def _feeds() -> str:
    parts = []
    for form in FORMATS.all():
        columns = _table(
            ("Column", "What stands in it", "Needed"),
            [(column.name, column.holds, "yes" if column.is_needed else "") for column in form.columns],
        )
        parts.append(f"## {form.name}\n\n{form.says}\n\n{columns}")
    rules = (
        "Our own files are CSV in UTF-8 with a heading; every row ends with a line break; a day is 2010-02-28 or "
        "28/02/2010. A column that is not needed may be missing or empty. A row that cannot be used is refused with "
        "its reason, a value that cannot be used is left out, and a file whose shape is wrong is refused whole. A full "
        "file withdraws whom it does not name; another changes only what it names.\n\n"
    )
    return f"{_MADE}# What an agency may send\n\n{rules}{''.join(parts)}".rstrip() + "\n"


def _privacy() -> str:
    parts = []
    for model in apps.get_models():
        privacy = getattr(model, "Privacy", None)
        if privacy is None:
            continue
        rows = [
            (kind, "every field" if getattr(privacy, kind) == "*" else ", ".join(getattr(privacy, kind)))
            for kind in ("personal", "special", "sealed", "plain")
            if getattr(privacy, kind, None)
        ]
        parts.append(f"## {model._meta.label}\n\nKept: {privacy.keep}.\n\n{_table(('Class', 'Fields'), rows)}")
    return f"{_MADE}# What is personal, special, sealed or plain\n\n{''.join(parts)}".rstrip() + "\n"


def _routes() -> str:
    rows = [(f"`{route.path}`", route.audience) for route in routes()]
    return f"{_MADE}# Every route and who it is for\n\n{_table(('Route', 'For'), rows)}".rstrip() + "\n"


def openapi() -> dict[str, Any]:
    """The whole document of the doors for machines, as they give it themselves."""
    path = "/api/v1/openapi.json"
    view, args, kwargs = resolve(path)
    found: dict[str, Any] = json.loads(view(RequestFactory().get(path), *args, **kwargs).content)
    return found


def _api(document: Mapping[str, Any]) -> str:
    calls = [
        (f"`{method.upper()} {path}`", said["summary"], " ".join(said.get("description", "").split()))
        for path, operations in document["paths"].items()
        for method, said in operations.items()
    ]
    parts = []
    for name, shape in sorted(document["components"]["schemas"].items()):
        needed = shape.get("required", ())
        rows = [
            (f"`{field}`", _kind(said), "yes" if field in needed else "", said.get("description", ""))
            for field, said in shape.get("properties", {}).items()
        ]
        says = " ".join(shape.get("description", "").split())
        parts.append(f"## {name}\n\n{says}\n\n{_table(('Field', 'Kind', 'Needed', ''), rows)}")
    return (
        f"{_MADE}# The doors for other systems\n\nThe same as a machine reads it: [openapi.json](openapi.json), which "
        f"the running system gives at `/api/v1/openapi.json`. How to use it: [Connect another "
        f"system](../how-to/connect-another-system.md).\n\n{_table(('Call', 'What it is for', ''), calls)}"
        f"# What is sent and what comes back\n\n{''.join(parts)}"
    ).rstrip() + "\n"


def _kind(said: Mapping[str, Any]) -> str:
    """The kind of a field in a word or two; the codes where they are few enough to read."""
    if "$ref" in said:
        return str(said["$ref"]).rpartition("/")[2]
    if "allOf" in said:
        return _kind(said["allOf"][0])
    if "additionalProperties" in said and isinstance(said["additionalProperties"], dict):
        return f"by its key: {_kind(said['additionalProperties'])}"
    if "anyOf" in said:
        return " or ".join(_kind(one) for one in said["anyOf"] if one.get("type") != "null")
    if "enum" in said:
        codes = [code for code in said["enum"] if code != ""]
        return ", ".join(map(str, codes)) if len(codes) <= 8 else f"one of {len(codes)} codes"
    if said.get("type") == "array":
        return f"list of {_kind(said['items'])}"
    most = f", at most {said['maxLength']:,}" if "maxLength" in said else ""
    return f"{said.get('format') or said.get('type', 'anything')}{most}"


def _codes() -> str:
    sets = {
        "Ratings": RATINGS,
        "Channels": CHANNELS,
        "Sources (Department for Education)": SOURCES,
        "Concerns": CONCERNS,
        "Ethnicity": ETHNICITIES,
        "What somebody is to the child": {kind.key: kind.name for kind in RELATIONS.values()},
        "What is known of an adult": RISK_FACTORS,
        "Legal status of a child": dict.fromkeys(LEGAL_STATUSES, "The same"),
        "Risks of domestic abuse": ABUSE_RISKS,
        "Why the family was not told": WHY_NOT_TOLD,
        "What an item is": NATURES,
        "How dependable its source is": DEPENDABLE,
        "How it is known": KNOWN_HOW,
        "How it may be handled": HANDLING,
        "Who may read it": SENSITIVITIES,
        "Legal holds": HOLDS,
        "Why something held is not given (subject access)": GROUNDS,
    }
    parts = [f"## {name}\n\n{_table(('Code', 'Meaning'), codes.items())}" for name, codes in sets.items()]
    kept = _table(("Class", "Kept", "Where that is from"), (
        (rule.name, rule.sentence({}) + f" ({rule.years.least} to {rule.years.most})", rule.source)
        for rule in RULES.values()
    ))  # fmt: skip
    parts.append(f"## Retention\n\nThe longest that applies holds; an area sets its own years.\n\n{kept}")
    return f"{_MADE}# Code sets\n\n{''.join(parts)}".rstrip() + "\n"
