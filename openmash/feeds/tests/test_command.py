"""`mash feed`: agreed, loaded, gone on with, and every mistake said in words."""

import pytest
from django.core.management import CommandError, call_command

from openmash.feeds.models import Feed, Load
from openmash.feeds.tests.files import comma_file, person

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("feed", *map(str, arguments))
    return capsys.readouterr().out


def test_a_feed_is_agreed_and_a_file_loaded(hub, tmp_path, capsys):
    said = run(capsys, "agree", "police", "--area", "wend-valley", "--events")
    assert "feeds/drop/police/wend-valley" in said
    assert Feed.objects.get().sends_events
    path = comma_file(tmp_path / "f", person("A1"), person(""))
    said = run(capsys, "load", "police", path, "--area", "wend-valley")
    assert "2 rows read: 1 people new, 0 changed, 0 withdrawn; 0 events new or changed; 1 rows refused." in said
    assert "Row 3: “number” is missing" in said
    assert "Nothing changes." in run(capsys, "load", "police", path, "--area", "wend-valley")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("load", "milkman", "f"), "There is no agency milkman. There are adult-mental-health, "),
        (("load", "police", "f"), "Say the area: --area harrowmouth or --area wend-valley"),
        (("load", "police", "f", "--area", "wend-valley"), "Wendmark Constabulary has not agreed to send"),
    ],
)
def test_a_mistake_says_what_to_do(hub, capsys, arguments, says):
    with pytest.raises(CommandError, match=says):
        run(capsys, *arguments)


def test_a_broken_file_is_said_to_have_changed_nothing(feed, tmp_path, capsys):
    path = comma_file(tmp_path / "f", person("A1"))
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(CommandError, match="Nothing was loaded"):
        run(capsys, "load", "police", path, "--area", "wend-valley", "--full")
    assert Load.objects.get().state == Load.BROKEN


def test_all_that_is_new_is_linked_at_once(feed, tmp_path, capsys):
    path = comma_file(tmp_path / "f", person("A1"), person("A2"))
    run(capsys, "load", "police", path, "--area", "wend-valley")
    assert "2 records, 1 pairs compared, 1 links." in run(capsys, "link")
    assert "0 records" in run(capsys, "link")
