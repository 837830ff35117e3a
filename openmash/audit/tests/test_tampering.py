"""Whatever a superuser does to the ledger is found, and a ledger that nobody touched raises no alarm (G13).

Forty ways and forty clean chains by default; the full proof:
`./mash test openmash/audit/tests/test_tampering.py --tamperings 200`.
"""

from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmash.audit import anchors, chain
from openmash.audit.tests import tampering

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def sign(superuser, number: int) -> anchors.Anchor:
    epoch, hashed = superuser.execute("SELECT epoch, hash FROM audit_ledgerlink WHERE number = %s", [number]).fetchone()
    at = "2026-11-26T07:00:00Z"
    return anchors.signed(KEY, at=at, count=1, epoch=epoch, hash=hashed.hex(), number=number)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "turn" in metafunc.fixturenames:
        metafunc.parametrize("turn", range(metafunc.config.getoption("--tamperings")))


@pytest.mark.database
def test_a_clean_chain_raises_no_alarm_and_a_tampered_one_does(superuser, turn, request):
    seed = request.config.getoption("--tampering-seed")
    draw = Random(f"{seed}-{turn}")
    lines = draw.randrange(8, 60)
    tampering.new_chain(superuser, draw, lines)
    last = draw.randrange(lines // 2, lines + 1)
    signed = [sign(superuser, number) for number in sorted({draw.randrange(1, last + 1), last})]
    with superuser.cursor() as cursor:
        clean = chain.verify(cursor, signed)
    assert (clean.exit_code, clean.lines, clean.altered) == (chain.CLEAN, lines, []), f"seed {seed}, turn {turn}"

    way = tampering.WAYS[turn % len(tampering.WAYS)]
    tampering.free(superuser)
    number = draw.randrange(1, last + 1)
    way(superuser, draw, number, last)
    with superuser.cursor() as cursor:
        found = chain.verify(cursor, signed)
    assert found.exit_code == chain.TAMPERED, f"seed {seed}, turn {turn}: {way.__name__} at link {number} of {lines}"


@pytest.mark.database
@pytest.mark.parametrize("way", [tampering.edit_a_line, tampering.edit_a_text, tampering.delete_a_line])
def test_the_first_altered_line_is_named(superuser, way):
    draw = Random(way.__name__)
    tampering.new_chain(superuser, draw, 30)
    tampering.free(superuser)
    for number in (21, 9, 14):
        way(superuser, draw, number, 30)
    with superuser.cursor() as cursor:
        assert [finding.number for finding in chain.verify(cursor, []).altered][:1] == [9]


@pytest.mark.database
@pytest.mark.parametrize(
    "way", [tampering.cut_the_tail, tampering.write_it_all_anew, tampering.edit_and_rewrite_all_after]
)
def test_without_checkpoints_a_chain_written_anew_looks_clean(superuser, way):
    """Why they are the least, and no extra (security 4.4)."""
    draw = Random(1)
    tampering.new_chain(superuser, draw, 20)
    signed = [sign(superuser, 20)]
    tampering.free(superuser)
    way(superuser, draw, 15, 20)
    with superuser.cursor() as cursor:
        assert chain.verify(cursor, []).altered == []
        assert chain.verify(cursor, signed).exit_code == chain.TAMPERED
