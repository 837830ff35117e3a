"""Each page takes the same number of queries however much there is: in the lists, about the family, in its story."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmash.agencies.queries import forget_areas
from openmash.desk.tests.families import MONDAY, ask, receive
from openmash.gathering.actions import answer
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import item, known
from openmash.people import actions as people

pytestmark = pytest.mark.django_db

PAGES = (
    ("ruth", "/queue/"),
    ("ruth", "/work/"),
    ("ruth", "/due/"),
    ("lewis", "/checks/"),
    ("ruth", "/search/?q=Mia+Bell+4+May+2018"),
    ("ruth", "/search/?q={reference}"),
    ("ruth", "/enquiry/{reference}/"),
    ("ruth", "/enquiry/{reference}/people/"),
    ("ruth", "/enquiry/{reference}/requests/"),
    ("ruth", "/enquiry/{reference}/chronology/"),
    ("ruth", "/enquiry/{reference}/decision/"),
    ("ruth", "/enquiry/{reference}/history/"),
    ("ruth", "/person/{person}/"),
    ("ruth", "/wallboard/wend-valley/"),
)


class County:
    """A first enquiry about Mia Bell and her mother, and as many more about the same two as are wanted."""

    def __init__(self, hub) -> None:
        self.hub, self.made = hub, 0
        self.first = self.add()

    def add(self):
        """One more: asked of three agencies, answered by the police with three incidents, its people joined."""
        self.made += 1
        now = MONDAY + timedelta(minutes=self.made)
        enquiry = ask(self.hub, receive(self.hub, key=str(self.made), now=now), "police", "health", "education")
        request = Request.objects.get(enquiry=enquiry, agency=self.hub.agencies["police"])
        items = [item(f"Seen {n}", kind="incident", people=(request.people[0],)) for n in range(3)]
        answer(request, by=self.hub.staff["lewis"], now=now + timedelta(minutes=30), **known(request, *items))
        if self.made > 1:
            pairs = zip(self.first.parties.order_by("order"), enquiry.parties.order_by("order"), strict=True)
            for known_one, new in pairs:
                people.say_same(known_one.person, by=self.hub.staff["ruth"], other=new.person)
        return enquiry


def queries(client, hub, who: str, path: str) -> list[str]:
    """What a page asks the database, once the process knows its areas and in a sign-in too new to be written again."""
    client.logout()
    client.force_login(hub.staff[who])
    forget_areas()  # read by the first, so that they are not too old for the second
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [query["sql"] for query in asked.captured_queries]


def test_every_page_takes_as_many_queries_for_fifteen_enquiries_as_for_two(hub, client):
    county = County(hub)
    county.add()
    names = {"reference": county.first.reference, "person": county.first.parties.order_by("order")[0].person_id}
    paths = [(who, path.format(**names)) for who, path in PAGES]
    few = {path: queries(client, hub, who, path) for who, path in paths}
    for _ in range(13):
        county.add()
    for who, path in paths:
        many = queries(client, hub, who, path)
        grown = [sql for sql in many if many.count(sql) > few[path].count(sql)][:12]
        assert len(many) == len(few[path]), (path, len(few[path]), len(many), grown)
