"""Families of the county in which one is at risk from another."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from openmash.audit.actors import PUBLIC
from openmash.county.dangers import tell_dangers
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenParty
from openmash.enquiries.tests.test_actions import given as enquiry_given
from openmash.people.contacting import cautions
from openmash.people.given import GivenPerson
from openmash.people.models import RiskFrom
from openmash.people.risks import looking_out

pytestmark = pytest.mark.django_db


def test_one_at_home_one_after_parting_and_one_not_any_more(hub):
    home = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
    for number in range(4):
        woman = GivenPerson(f"Ann{number}", "Bell", sex="F", telephone=f"07700 90034{number}", **home)
        man = GivenPerson(f"Karl{number}", "Pratt", sex="M", born_on=date(1988, 1, number + 1), **home)
        parties = tuple(GivenParty(one, "adult") for one in (woman, man))
        facts = replace(enquiry_given(), parties=parties, fields={"concerns": ["da_parent"]})
        receive(hub.areas["wend-valley"], by=PUBLIC, now=timezone.now(), given=facts, key=f"danger {number}")
    for _ in range(2):
        tell_dangers(hub, timezone.now())
    with looking_out():
        risks = list(RiskFrom.objects.order_by("pk"))
    assert [row.until is None for row in risks] == [True, True, False]
    says = [cautions([row.person_id], by=hub.staff["ruth"]) for row in risks]
    assert "say that you ring from the surgery" in says[0][0] and "is at risk from" in says[1][0]
    assert says[2] == ()
