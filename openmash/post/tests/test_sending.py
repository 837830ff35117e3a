"""The outbox against a real SMTP server: TLS or nothing, once and no more, and nothing lost in a day's outage."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.agencies import actions as agencies
from openmash.agencies.models import Domain
from openmash.audit.actors import CLOCKWORK, SETTING_UP
from openmash.enquiries.models import Need
from openmash.gathering import actions as gathering
from openmash.gathering.chasers import _SAYS
from openmash.people.models import Contact
from openmash.post import actions
from openmash.post.models import Dispatch
from openmash.post.sending import send_waiting
from openmash.post.tests.conftest import HOUSING
from tests.fakes.certificates import certificates
from tests.fakes.ports import free_port
from tests.fakes.smtp_server import smtp_server

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def after(**more) -> object:
    return NOW + timedelta(**more)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def mail(settings, monkeypatch, trusted):
    """The settings of a hub whose mail server is on this machine, and speaks TLS."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.authority))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "localhost", free_port(), True
    settings.EMAIL_TIMEOUT = 5
    return settings


@pytest.fixture
def server(mail, trusted):
    with smtp_server(trusted, port=mail.EMAIL_PORT) as server:
        yield server


@pytest.fixture
def asks(asked):
    """`asks(rating=…)`: the housing association is asked now."""
    return lambda **more: asked(HOUSING, now=NOW, **more)[0]


def test_the_request_goes_out_with_what_the_agreement_permits(server, asks):
    request = asks()
    assert send_waiting(NOW) == 1
    (message,) = server.taken
    text = message.get_content()
    assert message["To"] == "safeguarding@nwha.example"
    assert request.wording in text.replace("\r\n", "\n")
    assert "Looked in Tenancy record (" not in text and "Looked in Tenancy record:" in text
    row = request.dispatches.get()
    assert row.code in message["Subject"] and request.enquiry.reference in message["Subject"]
    assert message["Message-ID"] == f"<{row.message_id}>"
    assert send_waiting(after(minutes=5)) == 0, "it goes out once"


def test_the_subject_names_nobody(server, asks):
    request = asks()
    send_waiting(NOW)
    names = [party.person.names.first() for party in request.enquiry.parties.all()]
    assert names
    for name in names:
        assert name.family not in server.taken[0]["Subject"]


def test_nothing_leaves_without_tls(mail, asks):
    asks()
    with smtp_server(None, port=mail.EMAIL_PORT) as plain:
        assert send_waiting(NOW) == 0
        mail.EMAIL_USE_TLS = False
        assert send_waiting(after(minutes=5)) == 0
        assert plain.taken == []
    assert "not encrypted" in Dispatch.objects.get().last_problem


def test_nothing_leaves_to_a_server_that_nobody_vouches_for(mail, trusted, asks, monkeypatch, tmp_path):
    asks()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates(tmp_path).authority))
    with smtp_server(trusted, port=mail.EMAIL_PORT) as server:
        assert send_waiting(NOW) == 0
        assert server.taken == []


def test_nothing_leaves_to_a_domain_that_was_withdrawn_meanwhile(hub, server, asks):
    asks()
    for row in Domain.objects.all():
        agencies.withdraw_domain(row, by=SETTING_UP)
    assert send_waiting(NOW) == 0
    assert server.taken == [] and Dispatch.objects.get().failed_at
    assert Need.objects.filter(kind="telephone").exists()


@pytest.mark.parametrize(("rating", "early", "late"), [("red", 14, 16), ("amber", 59, 61), ("green", 239, 241)])
def test_whom_nobody_can_write_to_is_rung(mail, asks, rating, early, late):
    asks(rating=rating)
    send_waiting(after(minutes=early))
    assert not Need.objects.filter(kind="telephone").exists()
    send_waiting(after(minutes=late))
    send_waiting(after(minutes=late + 20))
    assert Need.objects.get(kind="telephone").permission == "chase"


def test_a_day_without_a_mail_server_loses_nothing(hub, mail, trusted, asked):
    requests = [asked(HOUSING, now=NOW, rating="red")[0] for _ in range(6)]
    for quarters in range(4 * 24):
        assert send_waiting(after(minutes=15 * quarters)) == 0
    assert Need.objects.filter(kind="telephone", met_at=None).count() == 6
    with smtp_server(trusted, port=mail.EMAIL_PORT) as server:
        back = 24 * 60
        for minute in range(15):
            send_waiting(after(minutes=back + minute))
        assert sorted(one["Message-ID"] for one in server.taken) == sorted(
            f"<{request.dispatches.get().message_id}>" for request in requests
        )
    assert not Need.objects.filter(kind="telephone", met_at=None).exists()


def test_later_is_tried_again_and_never_is_not(server, asks):
    asks()
    server.says = ["451 Try again later"]
    assert send_waiting(NOW) == 0
    assert send_waiting(after(seconds=61)) == 1
    asks()
    server.says = ["550 No such mailbox"]
    assert send_waiting(NOW) == 0
    row = Dispatch.objects.get(sent_at=None)
    assert row.failed_at and "No such mailbox" in row.last_problem
    assert Need.objects.filter(kind="telephone").count() == 1, "rung at once"


def test_an_address_that_reaches_somebody_of_the_family_whom_it_must_not_is_rung_instead(hub, server, asks):
    request = asks()
    person = request.enquiry.parties.first().person
    facts = {"kind": "email", "value": "Safeguarding@nwha.example", "source": "Told", "recorded_at": NOW}
    contact = Contact.objects.create(person=person, is_safe=False, **facts)
    assert send_waiting(NOW) == 0 and server.taken == []
    row = Dispatch.objects.get()
    assert row.failed_at and "Somebody called it not safe to use. Telephone the agency." in row.last_problem
    assert Need.objects.filter(kind="telephone").count() == 1, "rung at once"
    contact.until = NOW.date()
    contact.save()
    actions.send_again(request, by=hub.staff["joanna"], now=NOW)
    assert send_waiting(NOW) == 1


def test_it_is_sent_again_when_the_address_is_put_right(hub, server, asks):
    request = asks()
    server.says = ["550 No such mailbox"]
    send_waiting(NOW)
    agencies.keep_address(request.agency, by=SETTING_UP, email="new@nwha.example", is_written_to=True)
    actions.send_again(request, by=hub.staff["joanna"], now=NOW)
    assert send_waiting(NOW) == 1
    assert server.taken[0]["To"] == "new@nwha.example"
    assert not Need.objects.filter(kind="telephone", met_at=None).exists()


def test_a_name_with_a_line_break_makes_no_second_header(server, asks):
    request = asks()
    Dispatch.objects.filter(request=request).update(subject="[CODE1] a\r\nBcc: evil@elsewhere.example")
    other = asks()
    assert send_waiting(NOW) == 1, "and it does not stand in the way of the next"
    assert server.taken[0]["Message-ID"] == f"<{other.dispatches.get().message_id}>"
    assert request.dispatches.get().failed_at


def test_reminders_write_themselves_in_the_thread_and_name_nobody(server, asks):
    request = asks(rating="red")
    send_waiting(NOW)
    for stage, says in _SAYS.items():
        gathering.chase(request, by=CLOCKWORK, now=after(minutes=stage), says=says, stage=stage)
    send_waiting(after(minutes=5))
    first, *reminders = server.taken
    assert [one["Subject"].split(": ")[1] for one in reminders] == [
        "half of the time to answer has passed",
        "the time to answer is nearly over",
        "the time to answer is over",
    ]
    for one in reminders:
        assert one["In-Reply-To"] == first["Message-ID"]
        assert "born" not in one.get_content() and request.wording[:60] not in one.get_content()


def test_what_was_withdrawn_before_it_went_out_never_goes_out(hub, server, asks):
    request = asks()
    gathering.withdraw(request, by=hub.staff["hannah"], now=NOW, because="Not needed")
    assert send_waiting(NOW) == 0
    sent = asks()
    send_waiting(NOW)
    gathering.withdraw(sent, by=hub.staff["hannah"], now=NOW, because="Not needed")
    send_waiting(NOW)
    assert "nothing more is needed" in server.taken[1]["Subject"]
