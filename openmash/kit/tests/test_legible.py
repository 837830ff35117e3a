"""What nobody sees is taken out, and what is seen stays."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from openmash.kit.legible import bare, seen


@given(st.text())
def test_nothing_unseen_is_left(text):
    assert not [mark for mark in seen(text) if unicodedata.category(mark) in ("Cf", "Cs")]
    assert seen(seen(text)) == seen(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_what_is_seen_stays(text):
    assert seen(text) == unicodedata.normalize("NFC", text)


def test_examples():
    assert seen("Hidden\u00adham\u200b\n1 Mill\u202e Lane\t") == "Hiddenham\n1 Mill Lane\t"
    assert seen("Zoe\u0308") == "Zo\u00eb" and bare("Zo\u00eb Gri\ufb03ths") == "Zoe Griffiths"
