"""What is open can be read, and an enquiry taken, when nothing runs: on paper, and keyed from it in one screen."""

import json
from dataclasses import asdict

import pytest
from django.core.management import call_command
from django.utils import timezone

from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.design.moments import short_moment
from openmash.desk.on_paper import PRINTER, call_form, open_enquiries
from openmash.desk.tests.families import receive
from openmash.enquiries import actions
from openmash.enquiries.calls import call_forms
from openmash.enquiries.forms.telephone import SECTIONS
from openmash.enquiries.models import Enquiry
from openmash.restrictions.tests.conftest import restricted

pytestmark = pytest.mark.django_db
PAGES = ("/on-paper/", "/on-paper/open-enquiries.pdf", "/on-paper/enquiry.pdf")


def test_the_list_has_what_is_open_first_due_first_and_the_fast_track_before_all(hub):
    now, area = timezone.now(), hub.areas["wend-valley"]
    late, soon, fast = (receive(hub, key=key, now=now) for key in ("late", "soon", "fast"))
    Enquiry.objects.filter(pk=soon.pk).update(due_at=now)
    actions.fast_track(fast, by=hub.staff["joanna"], because="A burn.")
    actions.take(late, by=hub.staff["hannah"])
    restricted(late, hub, "hannah", "joanna")
    [grid] = open_enquiries(area, by=hub.staff["joanna"]).blocks
    assert [row[0] for row in grid.rows] == [fast.reference, soon.reference, late.reference]
    assert grid.rows[0][2].startswith("Fast track\nReceived")
    assert grid.rows[1][3].startswith(short_moment(now))
    assert (grid.rows[1][4], grid.rows[2][4]) == ("Screening desk", "Hannah Brook")
    assert grid.rows[2][1] == "Restricted: ask a practice manager"
    assert len(open_enquiries(area, by=hub.staff["dev"]).blocks[0].rows) == 2
    line = LedgerEvent.objects.filter(actor=hub.staff["joanna"].pk).latest("id")
    assert (line.event, line.actor) == ("list.printed", hub.staff["joanna"].pk)


def test_nobody_takes_along_what_they_may_not_see(hub):
    with pytest.raises(Refused):
        open_enquiries(hub.areas["wend-valley"], by=hub.staff["ellen"])
    with pytest.raises(Refused):
        open_enquiries(hub.areas["wend-valley"], by=hub.staff["lewis"])


def test_the_form_asks_what_the_telephone_screen_asks_by_its_numbers(hub):
    form, screen = call_form(timezone.now()), call_forms(None)
    titles = [f"{part.key}  {part.title}" for part in SECTIONS]
    assert [section.title for section in form.sections[1:]] == titles
    for part, section in zip(SECTIONS, form.sections[1:], strict=True):
        asked = [row[0] for grid in section.blocks for row in grid.rows]
        for name in part.fields:
            assert str(screen.call.fields[name].label) in asked
        for name in screen.groups[part.group].forms[0].fields if part.group else ():
            assert str(screen.groups[part.group].forms[0].fields[name].label) in asked
    every = {name for part in SECTIONS for name in part.fields}
    assert set(screen.call.fields) == every
    assert "[   ] Telephone" in json.dumps(asdict(form), default=str)


def test_the_pages_are_for_the_hub_alone(hub, client):
    receive(hub)
    for name, status in (("joanna", 200), ("ruth", 200), ("lewis", 404), ("nina", 404)):
        client.force_login(hub.staff[name])
        assert [client.get(path).status_code for path in PAGES] == [status] * 3, name
    client.force_login(hub.staff["joanna"])
    assert client.get(PAGES[1]).content.startswith(b"%PDF-")
    assert 'href="/on-paper/"' in client.get("/queue/").content.decode()


def test_a_folder_holds_the_last_hour_when_nothing_else_answers(hub, tmp_path):
    receive(hub)
    for _ in range(2):
        call_command("paper", str(tmp_path / "paper"), verbosity=0)
    names = {file.name for file in (tmp_path / "paper").iterdir()}
    assert names == {"enquiry-on-paper.pdf", *(f"open-enquiries-{key}.pdf" for key in hub.areas)}
    for file in (tmp_path / "paper").iterdir():
        assert file.read_bytes().startswith(b"%PDF-") and file.stat().st_mode & 0o077 == 0
    assert LedgerEvent.objects.filter(event="list.printed", actor_name=PRINTER.ledger_name).count() == 2 * len(
        hub.areas
    )
