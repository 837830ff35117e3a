"""What the buttons of the decision page do: save, suggest words, propose, sign."""

from openmash.audit.action import Refused, Stale
from openmash.decisions import actions
from openmash.decisions.complete import Unsaid, unsaid
from openmash.decisions.gaps import is_early, is_late
from openmash.decisions.policies import unsigned
from openmash.decisions.sheet import Sheet

_ACTS = {
    "save": (actions.draft, "The draft is saved"),
    "propose": (actions.propose, "The decision is proposed to the practice managers"),
    "sign": (actions.sign, "The decision is signed"),
}


def press(button: str, sheet: Sheet) -> str:
    """Do what the button says. Returns the words to show when it is done; empty when the page has to be shown again."""
    if button == "words":
        sheet.suggest_words()
        return ""
    act, says = _ACTS.get(button, _ACTS["save"])
    if button == "sign" and sheet.complain(_missing(sheet)):
        return ""
    seen = {} if act is actions.draft else {"seen": sheet.version}
    try:
        act(sheet.enquiry, by=sheet.by, now=sheet.now, given=sheet.given, **sheet.opened_with, **seen)
    except Stale as stale:
        sheet.collide(stale)
        return ""
    except Refused as refused:
        for reason in refused.verdict.reasons:
            sheet.form.add_error(None, reason)
        return ""
    return says


def _missing(sheet: Sheet) -> tuple[Unsaid, ...]:
    draft = unsigned(sheet.enquiry)
    return unsaid(
        sheet.given,
        sheet.enquiry,
        by=sheet.by,
        is_early=is_early(sheet.enquiry),
        is_late=is_late(sheet.enquiry, sheet.now),
        proposal=draft.proposal if draft else None,
        grades={line.key: line.grade for line in sheet.combined.lines},
    )
