"""No sequence of acts, legal or not, reaches a request without a basis that opened the gate."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.audit.action import Refused
from openmash.enquiries.models import Enquiry
from openmash.gathering import actions
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import AGREED, HARM, LATER, nothing_known
from openmash.triage import actions as triage
from openmash.triage.models import Basis

pytestmark = pytest.mark.django_db

NEITHER = AGREED | {"agrees_to_service": "no"}
UNTOLD = HARM | {"why_not_told": ""}
WHO = {"police": "lewis", "health": "mary", "housing": "tina"}


class Played:
    """One enquiry, and everything that anybody tries to do with it. What is refused is refused; the rest happens."""

    def __init__(self, hub, enquiry):
        self.hub, self.enquiry, self.now = hub, enquiry, LATER

    def play(self, step):
        name, argument = step
        self.now += timedelta(minutes=7)
        self.enquiry = Enquiry.objects.get(pk=self.enquiry.pk)
        try:
            with transaction.atomic():
                getattr(self, name)(argument)
        except Refused:
            pass

    def screen(self, outcome):
        triage.screen(self.enquiry, by=self.hub.staff["joanna"], now=self.now, outcome=outcome, considered="x")

    def rate(self, rating):
        triage.rate(self.enquiry, by=self.hub.staff["hannah"], now=self.now, rating=rating, because="x")

    def rerate(self, rating):
        triage.rerate(self.enquiry, by=self.hub.staff["ruth"], now=self.now, rating=rating, because="x")

    def base(self, said):
        triage.record_basis(self.enquiry, by=self.hub.staff["hannah"], now=self.now, **said)

    def ask(self, keys):
        wanted = [Asked(self.hub.agencies[key], "x") for key in sorted(keys)]
        actions.ask(self.enquiry, by=self.hub.staff["hannah"], now=self.now, agencies=wanted)

    def answer(self, key):
        request = Request.objects.filter(enquiry=self.enquiry, agency__key=key).last()
        if request:
            actions.answer(request, by=self.hub.staff[WHO[key]], now=self.now, **nothing_known(request))

    def withdraw(self, key):
        request = Request.objects.filter(enquiry=self.enquiry, agency__key=key).last()
        if request:
            actions.withdraw(request, by=self.hub.staff["hannah"], now=self.now, because="x")

    def review(self, _):
        actions.take_to_review(self.enquiry, by=self.hub.staff["ruth"], now=self.now, because="x")


ratings = st.sampled_from(["red", "amber", "green"])
agencies = st.sampled_from(sorted(WHO))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("screen"), st.sampled_from(["research", "direct"])),
        st.tuples(st.just("rate"), ratings),
        st.tuples(st.just("rerate"), ratings),
        st.tuples(st.just("base"), st.sampled_from([HARM, AGREED, NEITHER, UNTOLD])),
        st.tuples(st.just("ask"), st.sets(agencies, min_size=1)),
        st.tuples(st.just("answer"), agencies),
        st.tuples(st.just("withdraw"), agencies),
        st.tuples(st.just("review"), st.none()),
    ),
    min_size=3,
    max_size=14,
)
BEGINNING = ("screen", "research"), ("rate", "amber"), ("base", HARM), ("ask", {"police"})


def test_every_request_has_a_basis_that_opened_the_gate(hub, received):
    reached = 0

    @given(beginning=st.integers(0, 4), tail=steps)
    @settings(max_examples=60, deadline=None)
    def played(beginning, tail):
        nonlocal reached
        mark = transaction.savepoint()
        try:
            reached += play(Played(hub, received()), [*BEGINNING[:beginning], *tail])
        finally:
            transaction.savepoint_rollback(mark)

    played()
    assert reached > 10, "otherwise nothing was proved"


def play(played: Played, sequence) -> int:
    """Play it, look at every request that came of it, and say how many did."""
    for step in sequence:
        played.play(step)
    requests = list(Request.objects.filter(enquiry=played.enquiry).select_related("basis"))
    for request in requests:
        basis = request.basis
        assert basis.enquiry_id == request.enquiry_id
        assert basis.at <= request.asked_at
        assert basis.suspects_significant_harm or basis.agrees_to_service == "yes"
        assert basis.told_family or basis.why_not_told
        later = Basis.objects.filter(enquiry=played.enquiry, number__gt=basis.number, at__lte=request.asked_at)
        assert not later.exists(), "the latest basis holds"
    enquiry = Enquiry.objects.get(pk=played.enquiry.pk)
    assert enquiry.status != "gathering" or any(request.is_open for request in requests)
    return len(requests)


def test_the_database_itself_takes_no_request_without_a_basis(hub, asked):
    (police,) = asked("police")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE gathering_request SET basis_id = NULL WHERE id = %s", [police.pk])


def test_nor_a_basis_that_the_gate_would_refuse(hub, triaged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Basis.objects.create(enquiry=triaged(), number=1, by=hub.staff["hannah"], at=LATER, **NEITHER)
