"""Mangled replies: taken as they were meant, or left to a person. Never taken wrongly, and never lost.

`OPENMASH_REPLIES=260` takes more of them, and `OPENMASH_SEED` others.
"""

import os
from collections import Counter

import pytest
from django.db import transaction

from openmash.gathering.models import SystemCheck
from openmash.intelligence import actions as intelligence
from openmash.post.codes import TAKEN
from openmash.post.models import Original, Reply
from openmash.post.receiving import look_into
from openmash.post.tests.conftest import LATER
from openmash.post.tests.mangling import MANGLED, PLAIN_ENOUGH, Case, cases
from openmash.post.writing import sent_about

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNT = int(os.environ.get("OPENMASH_REPLIES", "120"))
SEED = int(os.environ.get("OPENMASH_SEED", "7"))


class _Undo(Exception):
    pass


def judged(case: Case, request, comes, ruth) -> str:
    """right, person or wrong; then everything is as it was."""
    verdict = ""
    try:
        with transaction.atomic():
            reply = comes(case.raw)
            look_into(reply.pk)
            is_kept = bytes(Original.objects.get(reply=reply).raw) == case.raw
            if reply.state == TAKEN:
                is_right = case.is_takeable and is_kept and _is_as_meant(case, request, reply, ruth)
                verdict = "right" if is_right else "wrong"
            else:
                verdict = "person" if is_kept else "wrong"
            raise _Undo
    except _Undo:
        return verdict


def _is_as_meant(case: Case, request, reply: Reply, ruth) -> bool:
    truth, form = case.truth, sent_about(request).form
    checks = dict(SystemCheck.objects.filter(answer=reply.answer).values_list("system", "result"))
    unsaid = "not_known" if truth.nothing_known else "not_checked"
    meant = {key: result.replace(" ", "_") or unsaid for key, result in truth.systems.items()}
    if (reply.answer.is_nothing_known, reply.answer.rating) != (truth.nothing_known, truth.rating) or checks != meant:
        return False
    read = [item for item in intelligence.read(request.enquiry, by=ruth) if item.answer == reply.answer.token]
    found = [
        (
            " ".join(item.words.split()),
            item.kind,
            item.happened_on,
            tuple(sorted(request.people.index(person) for person in item.people)),
            item.nature,
            item.dependable,
            item.known_how,
            item.handling,
            item.conditions,
            item.sensitivity,
            item.own_reference,
        )
        for item in sorted(read, key=lambda item: item.number)
    ]
    return found == [
        (
            " ".join(thing.words.split()),
            form.prompts[thing.prompt].kind,
            thing.on,
            thing.people,
            thing.nature,
            thing.dependable,
            thing.known_how,
            thing.handling,
            thing.conditions,
            thing.sensitivity[0].upper(),
            thing.own_reference,
        )
        for thing in truth.things
    ]


def test_no_reply_is_taken_wrongly_and_the_tidy_ones_are_taken(hub, request_out, comes):
    tally, missed, wrong = Counter(), Counter(), Counter()
    for case in cases(sent_about(request_out), SEED, COUNT):
        verdict = judged(case, request_out, comes, hub.staff["ruth"])
        tally[verdict] += 1
        if verdict == "wrong":
            wrong[case.name] += 1
        if case.must_be_right and verdict != "right":
            missed[case.name] += 1
    print(f"\n{COUNT} replies, seed {SEED}: {dict(tally)}")
    assert wrong == {}
    assert missed == {}
    assert tally["right"] >= COUNT * 2 // 5
    assert LATER


def test_the_corpus_holds_every_way_of_mangling(request_out):
    names = {case.name for case in cases(sent_about(request_out), SEED, 260)}
    assert set(MANGLED) | set(PLAIN_ENOUGH) <= names
    assert len({name for name in names if name.startswith("tidy")}) == 15
