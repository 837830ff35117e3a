"""The generated reference is what the code says now."""

import pytest

from openmash.desk.reference import pages
from openmash.settings import ROOT


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_is_not_stale(name):
    path = ROOT.parent / "docs" / "reference" / name
    assert path.exists(), f"Run `python manage.py reference` to make {name}."
    assert path.read_text() == pages()[name], f"Run `python manage.py reference` to renew {name}."
