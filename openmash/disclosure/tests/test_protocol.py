"""The whole protocol played at random by nine people; the invariants hold after every step (I1 to I13).

`OPENMASH_PROTOCOL=2000x50` plays so many games of so many steps.
"""

import os
from collections import Counter
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from openmash.audit.action import Refused, Stale
from openmash.disclosure import actions, readings
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.plan import Chosen
from openmash.disclosure.product import hash_of
from openmash.disclosure.tests.world import ITEMS, NOW, World, build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GAMES, STEPS = (int(part) for part in os.environ.get("OPENMASH_PROTOCOL", "12x30").split("x"))

PEOPLE = ("hannah", "tomasz", "ruth", "martin", "karen", "anjali", "amit", "kate", "joanna")
MANAGERS = {"ruth", "martin"}
LEADS = {"karen": "police", "anjali": "health", "claire": "education"}
FREE = {"police", "health", "education"}  # general and sharable: no owner is asked
anybody = st.sampled_from(PEOPLE)
FINE = ("police", "police_s", "police_c", "health", "health_s", "education")
sound = st.lists(st.sampled_from(FINE), min_size=1, max_size=3, unique=True).map(
    lambda names: [(name, "full", True) for name in names]
)
choice = st.tuples(
    st.sampled_from([*sorted(ITEMS), *FINE * 3]), st.sampled_from(("full", "full", "words")), st.booleans()
)
choices = st.lists(choice, min_size=1, max_size=4, unique_by=lambda one: one[0])
summaries = st.sampled_from(
    ("", "", "", "The hub adds nothing.", "He lives with Dale now.", "An informant says that he keeps a knife.")
)
conditions = st.sampled_from(("Keep it safe.", "Read it in the office."))
recipients = st.sampled_from(("amit", "kate"))
TEAMS = {"amit": "north-wend-assessment", "kate": "health-visiting"}


class Protocol(RuleBasedStateMachine):
    world: World
    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.game = transaction.atomic()
        self.game.__enter__()
        self.now = NOW
        self.hands: dict[int, set[str]] = {}
        self.agreed: dict[tuple[int, int], tuple] = {}
        self.shown: dict[int, str] = {}
        self.approved: dict[int, tuple[str, str]] = {}
        self.over: dict[int, str] = {}
        self.latest: int | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.game.__exit__(None, None, None)

    def try_to(self, act, *args, **given):
        """Let somebody try; being refused is a move of the game too."""
        try:
            with transaction.atomic():
                done = act(*args, now=self.now, **given)
        except (Refused, Stale):
            self.reached[f"{act.__name__} refused"] += 1
            return None
        self.reached[act.__name__] += 1
        return done

    def stands_at(self, *statuses: str) -> bool:
        return self.latest is not None and self.release().status in statuses

    def release(self) -> Release:
        return Release.objects.get(pk=self.latest)

    def plan(self, chosen, recipient, words, on):
        items = [
            Chosen(self.world.items[name], form, ("Dale Thorne",) if left and name == "others" else (), "third_party")
            for name, form, left in chosen
        ]
        team = self.world.hub.teams[TEAMS[recipient]].pk
        who = self.world.hub.staff[recipient].pk
        expires = self.now + timedelta(days=20)
        return self.world.plan(*items, recipient=who, team=team, summary=words, conditions=on, expires_at=expires)

    def terms(self, row: ReleaseItem) -> tuple:
        """What an owner agreed to: the words as they leave, to whom, for what, on what conditions."""
        release = row.release
        return (row.form, row.words, row.redactions, release.recipient_id, release.purpose, release.conditions)

    @rule(who=anybody, chosen=choices, recipient=recipients, words=summaries, on=conditions)
    def draft(self, who, chosen, recipient, words, on):
        plan = self.plan(chosen, recipient, words, on)
        made = self.try_to(actions.draft, self.world.enquiry, by=self.world.hub.staff[who], plan=plan)
        if made:
            self.latest = made.pk
            self.hands[made.pk] = {who}

    @precondition(lambda self: self.stands_at("draft", "proposed", "returned", "disclosed"))
    @rule(
        who=st.sampled_from((*PEOPLE, "hannah", "tomasz", "ruth")),
        chosen=choices,
        recipient=recipients,
        words=summaries,
        on=conditions,
    )
    def change(self, who, chosen, recipient, words, on):
        plan = self.plan(chosen, recipient, words, on)
        if self.try_to(actions.change, self.release(), by=self.world.hub.staff[who], plan=plan):
            self.hands[self.latest].add(who)

    @precondition(lambda self: self.stands_at("draft", "returned"))
    @rule(who=st.sampled_from(("hannah", "tomasz", "ruth", "amit")))
    def propose(self, who):
        made = self.try_to(actions.propose, self.release(), by=self.world.hub.staff[who])
        if made:
            self.hands[self.latest].add(who)
            self.shown[self.latest] = made.body

    @precondition(lambda self: self.stands_at("proposed", "disclosed"))
    @rule(
        who=st.sampled_from((*LEADS, *LEADS, "ruth", "amit")),
        place=st.integers(0, 3),
        says=st.sampled_from(("granted", "granted", "refused")),
        words=st.sampled_from(("", "", "In our own words: take care.")),
    )
    def answer(self, who, place, says, words):
        rows = list(self.release().items.order_by("id"))
        row = rows[place % len(rows)]
        because = "An inquiry runs." if says == "refused" else ""
        act = {"item": row.pk, "says": says, "words": words, "because": because}
        if self.try_to(actions.owner_answers, self.release(), by=self.world.hub.staff[who], **act):
            row.refresh_from_db()
            assert LEADS.get(who) == row.agency.key
            self.agreed[self.latest, row.item_id] = (says, self.terms(row))
            if words and says == "granted":
                self.hands[self.latest].add(who)

    @initialize(
        who=st.sampled_from(("hannah", "tomasz")),
        chosen=sound,
        recipient=recipients,
        manager=st.sampled_from(("ruth", "martin")),
        steps=st.integers(0, 3),
    )
    def begin(self, who, chosen, recipient, manager, steps):
        """Games begin at a draft, a proposal, a release, or one that was read."""
        self.draft(who, chosen, recipient, "", "Keep it safe.")
        for _ in range(steps):
            self.go_on(manager, who)

    @precondition(lambda self: self.latest)
    @rule(
        manager=st.sampled_from(("ruth", "martin", "ruth", "martin", "tomasz")),
        proposer=st.sampled_from(("hannah", "ruth")),
    )
    def go_on(self, manager, proposer):
        """What would come next in life, so that games get somewhere; one time in five by somebody who may not."""
        release = self.release()
        if release.status == "draft":
            self.propose(proposer)
        elif release.status == "proposed":
            self.every_owner_agrees()
            self.approve(manager, True)
        elif release.status == "disclosed":
            self.read("amit" if release.recipient_id == self.world.amit.pk else "kate")

    def every_owner_agrees(self):
        for row in self.release().items.select_related("agency"):
            lead = self.world.hub.staff[next(name for name, agency in LEADS.items() if agency == row.agency.key)]
            given = {"item": row.pk, "says": "granted"}
            if row.needs_owner and self.try_to(actions.owner_answers, self.release(), by=lead, **given):
                row.refresh_from_db()
                self.agreed[self.latest, row.item_id] = ("granted", self.terms(row))

    @precondition(lambda self: self.stands_at("proposed"))
    @rule(who=st.sampled_from(("ruth", "martin", "hannah")), place=st.integers(0, 3))
    def override(self, who, place):
        rows = list(self.release().items.order_by("id"))
        row = rows[place % len(rows)]
        given = {"item": row.pk, "because": "Serious harm would follow."}
        if self.try_to(actions.override, self.release(), by=self.world.hub.staff[who], **given):
            assert who in MANAGERS - self.hands[self.latest]
            row.refresh_from_db()
            self.agreed[self.latest, row.item_id] = ("overridden", self.terms(row))

    @precondition(lambda self: self.latest)
    @rule(who=st.sampled_from(("ruth", "martin", "hannah", "amit")), honest=st.sampled_from((True, True, True, False)))
    def approve(self, who, honest):
        shown = self.release().body_hash if honest else hash_of("Something else")
        made = self.try_to(actions.approve, self.release(), by=self.world.hub.staff[who], shown=shown)
        if made:
            assert honest
            self.approved[self.latest] = (who, self.shown[self.latest])

    @precondition(lambda self: self.latest)
    @rule(
        who=anybody,
        how=st.sampled_from((actions.send_back, actions.recall, actions.recall, actions.refuse, actions.put_aside)),
    )
    def end(self, who, how):
        if (
            self.try_to(how, self.release(), by=self.world.hub.staff[who], because="A reason.")
            and how is actions.recall
        ):
            self.over[self.latest] = "recalled"

    @precondition(lambda self: self.latest in self.approved)
    @rule(days=st.sampled_from((1, 10)))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @precondition(lambda self: self.latest in self.approved)
    @rule(who=st.sampled_from((*TEAMS, *TEAMS, *PEOPLE)))
    def read(self, who):
        by, row = self.world.hub.staff[who], self.release()
        self.try_to(actions.open_released, row, by=by)
        text = self.try_to(readings.read_released, row, by=by)
        if text is not None:
            row.refresh_from_db()
            assert row.recipient_id == by.pk
            assert row.expires_at > self.now  # I13
            assert self.latest not in self.over  # I13
            assert text == self.approved[self.latest][1]  # I4
            self.try_to(actions.acknowledge, row, by=by)

    @invariant()
    def the_invariants_hold(self):
        for release in Release.objects.all():
            if release.approved_at:
                self.check_what_left(release)
            else:
                assert release.approved_by is None
                assert release.status not in ("approved", "disclosed", "acknowledged", "expired", "recalled")
            if release.status == "draft":
                assert (release.body, release.body_hash) == ("", "")  # I3
            if release.body:
                self.check_text(release)

    def check_what_left(self, release: Release) -> None:
        who, text = self.approved[release.pk]
        assert who in MANAGERS - self.hands[release.pk]  # I1
        assert (release.body, release.body_hash) == (text, hash_of(text))  # I3, I4
        for row in release.items.all():  # I2
            if self.name_of(row) not in FREE | {"others"} or row.form != "full":
                says, terms = self.agreed[release.pk, row.item_id]
                assert says in ("granted", "overridden")
                assert terms == self.terms(row)

    def check_text(self, release: Release) -> None:
        rows = list(release.items.all())
        let_out = {self.name_of(row) for row in rows if row.form == "full"}
        assert not let_out & {"police_x", "police_l", "police_e"}  # I8, I9
        assert not {self.name_of(row) for row in rows} & {"police_l", "police_e"}
        if release.status in ("disclosed", "acknowledged", "proposed"):
            found = {word.strip(".") for word in release.body.split() if word.startswith("canary-")}
            assert found == {f"canary-{name.replace('_', '-')}" for name in let_out}
            assert release.body.count("\nHow it is known: ") == len(rows)  # I9, I12
            assert "Dale" not in release.body  # I7: left out, or never let through
            assert "Thorne" not in release.body

    def name_of(self, row: ReleaseItem) -> str:
        return next(name for name, number in self.world.items.items() if number == row.item_id)


def test_the_protocol(hub):
    Protocol.world = build(hub)
    run_state_machine_as_test(
        Protocol,
        settings=settings(
            max_examples=GAMES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = {"change", "propose", "owner_answers", "approve", "read_released"}
    assert wanted <= set(Protocol.reached), Protocol.reached  # the games were played to the end
