"""A workbook is read by a child that may end; what it says comes back as it was."""

from datetime import date

import pytest

from openmash.feeds.tests.files import vast, workbook
from openmash.kit import workbook as read
from openmash.kit.workbook import Unreadable, sheets


def test_texts_numbers_and_days_come_back(tmp_path):
    path = workbook(tmp_path / "a", One=[["Zoë", 5, date(2018, 5, 4)], []], Two=[])
    assert sheets(path) == {"One": [["Zoë", 5.0, date(2018, 5, 4)]], "Two": []}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_none_is_unreadable(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Unreadable):
        sheets(tmp_path / "a")


def test_what_asks_for_more_memory_than_there_is_ends_its_reader_alone(tmp_path):
    with pytest.raises(Unreadable):
        sheets(vast(tmp_path / "a", One=[["x"]]))


def test_what_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "SECONDS", 0.001)
    with pytest.raises(Unreadable):
        sheets(workbook(tmp_path / "a", One=[["x"]]))
