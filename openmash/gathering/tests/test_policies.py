"""Who may do what with a request, asked of everybody in the hub."""

from dataclasses import replace

import pytest

from openmash.audit.actors import CLOCKWORK, PUBLIC, SETTING_UP
from openmash.gathering import policies
from openmash.gathering.standing import Standing
from openmash.gathering.tests.conftest import LATER

FINE = Standing(
    name="Housing",
    has_form=True,
    serves_area=True,
    has_joined=True,
    can_be_reached=True,
    is_asked=False,
    has_signed=True,
    is_let_through=False,
    is_wanted=False,
)
CO, SW, PM = {"joanna", "dev"}, {"hannah", "tomasz"}, {"ruth", "martin"}
POLICE = {"lewis", "beth", "karen"}


def test_an_agency_in_good_standing_may_be_asked():
    assert policies.may_be_asked(FINE)


@pytest.mark.parametrize(
    ("fact", "value", "why"),
    [
        ("has_form", False, "no form"),
        ("serves_area", False, "does not serve"),
        ("has_joined", False, "has not joined"),
        ("is_asked", True, "asked already"),
        ("has_signed", False, "has not signed"),
    ],
)
def test_each_fact_alone_stands_in_the_way_and_says_so(fact, value, why):
    verdict = policies.may_be_asked(replace(FINE, **{fact: value}))
    assert len(verdict.reasons) == 1
    assert why in verdict.why


def test_only_the_signature_can_be_overridden():
    unsigned = replace(FINE, has_signed=False)
    assert policies.may_be_asked(replace(unsigned, is_let_through=True))
    assert policies.may_be_let_through(unsigned)
    assert not policies.may_be_let_through(FINE)
    assert not policies.may_be_let_through(replace(unsigned, is_wanted=True))
    for fact in ("has_form", "serves_area", "has_joined"):
        assert not policies.may_be_asked(replace(unsigned, is_let_through=True, **{fact: False}))
    for fact in ("serves_area", "has_joined"):
        assert not policies.may_be_let_through(replace(unsigned, **{fact: False}))


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [("red", "amber", True), ("amber", "green", True), ("green", "", True), ("red", "red", False), ("", "red", False)],
)
def test_which_rating_is_higher(one, other, higher):
    assert policies.is_higher(one, than=other) is higher


@pytest.mark.django_db
class TestWho:
    def those(self, hub, may, thing):
        return {name for name, user in hub.staff.items() if may(user, thing)}

    def test_asks(self, hub, ready):
        assert self.those(hub, policies.may_ask, ready()) == CO | SW | PM

    @pytest.mark.parametrize(
        ("status", "may"),
        [
            ("received", False),
            ("screened", False),
            ("triaged", True),
            ("gathering", True),
            ("review", True),
            ("decided", False),
            ("closed", False),
        ],
    )
    def test_asks_at_which_stage(self, hub, ready, status, may):
        enquiry = ready()
        enquiry.status = status
        assert bool(policies.may_ask(hub.staff["hannah"], enquiry)) is may

    def test_goes_on_without_asking(self, hub, ready):
        enquiry = ready()
        assert self.those(hub, policies.may_take_to_review, enquiry) == SW | PM
        for status in ("received", "screened", "review", "decided", "closed"):
            enquiry.status = status
            assert not policies.may_take_to_review(hub.staff["ruth"], enquiry)

    def test_chases(self, hub, asked):
        (police,) = asked("police")
        assert self.those(hub, policies.may_chase, police) == CO | SW | PM
        assert policies.may_chase(CLOCKWORK, police)
        assert not policies.may_chase(PUBLIC, police)
        assert not policies.may_chase(SETTING_UP, police)
        police.answered_at = LATER
        assert not policies.may_chase(CLOCKWORK, police)

    def test_withdraws(self, hub, asked):
        (police,) = asked("police")
        assert self.those(hub, policies.may_withdraw, police) == CO | SW | PM
        police.answered_at = LATER
        assert not policies.may_withdraw(hub.staff["ruth"], police)

    def test_opens_and_answers(self, hub, asked):
        (police,) = asked("police")
        for may in (policies.may_open_request, policies.may_answer, policies.may_keep_answer_draft):
            assert self.those(hub, may, police) == POLICE

    @pytest.mark.parametrize(
        ("status", "is_answered", "may"),
        [
            ("gathering", False, True),
            ("gathering", True, True),
            ("decided", False, True),
            ("decided", True, True),
            ("closed", False, True),
            ("closed", True, False),
        ],
    )
    def test_answers_until_when(self, hub, asked, status, is_answered, may):
        (police,) = asked("police")
        police.enquiry.status = status
        police.answered_at = LATER if is_answered else None
        assert bool(policies.may_answer(hub.staff["lewis"], police)) is may

    def test_sweeps(self, hub):
        assert policies.may_sweep(CLOCKWORK, None)
        assert self.those(hub, policies.may_sweep, None) == set()

    def test_may_know_what_came(self, hub, ready):
        enquiry = ready()
        assert self.those(hub, policies.may_know_what_came, enquiry) == SW | PM
        enquiry.status = "received"
        assert self.those(hub, policies.may_know_what_came, enquiry) == set()

    def test_sees_requests(self, hub, ready):
        assert self.those(hub, policies.may_see_requests, ready()) == CO | SW | PM
