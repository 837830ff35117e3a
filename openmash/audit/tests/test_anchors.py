"""What is signed, where it is kept, and what happens after a recovery."""

import json
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from openmash.agencies import actions as agencies
from openmash.agencies.models import User
from openmash.audit import actions, anchors, chain
from openmash.audit.models import LedgerLink
from openmash.audit.standing import standing
from openmash.audit.tests import tampering
from openmash.audit.tests.test_chain import elsewhere

KEY = "07" * 32


@pytest.fixture
def place(settings, tmp_path: Path) -> Path:
    """The file of checkpoints of this test."""
    settings.LEDGER_KEY, settings.LEDGER_PUBLIC_KEYS = KEY, ""
    settings.LEDGER_ANCHORS = str(tmp_path / "elsewhere" / "checkpoints.jsonl")
    return Path(settings.LEDGER_ANCHORS)


@pytest.fixture
def line(hub):
    """`line()` puts a line on the ledger and into the chain."""

    def write(times: int = 1) -> None:
        for turn in range(times):
            agencies.choose_digest(hub.staff["ruth"], by=hub.staff["ruth"], wants_digest=turn % 2 == 0)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return write


@pytest.mark.django_db
class TestSigning:
    def test_the_end_of_the_chain_is_signed_once(self, place, line):
        line(2)
        [anchor] = actions.checkpoint()
        end = LedgerLink.objects.latest("number")
        assert (anchor.number, anchor.hash, anchor.count) == (end.number, bytes(end.hash).hex(), end.number)
        assert actions.checkpoint() == []
        line(3)
        assert [(one.number, one.count) for one in actions.checkpoint()] == [(end.number + 3, 3)]
        assert len(place.read_text().splitlines()) == 2

    def test_no_checkpoint_covers_more_than_a_thousand_lines(self, place, line, monkeypatch):
        monkeypatch.setattr(actions, "EVERY", 10)
        actions.checkpoint()
        line(25)
        assert [one.count for one in actions.checkpoint()] == [10, 10, 5]

    def test_nothing_is_signed_over_a_chain_that_contradicts_the_last_checkpoint(self, place, line):
        [anchor] = actions.checkpoint()
        forged = json.loads(anchor.line) | {"hash": "00" * 32}
        place.write_text(json.dumps(forged))
        line()
        with pytest.raises(actions.Contradicted, match="mash ledger verify"):
            actions.checkpoint()
        assert standing().is_contradicted

    def test_without_a_key_it_says_where_it_is_looked_for(self, place, settings):
        settings.LEDGER_KEY, settings.LEDGER_KEY_FILE = "", "/nowhere/key"
        with pytest.raises(anchors.NoKey, match="/nowhere/key"):
            actions.checkpoint()

    def test_what_stands_unsigned_is_counted_in_minutes(self, place, line):
        actions.checkpoint()
        assert (standing().unsigned, standing().minutes_unsigned) == (0, 0)
        line(4)
        assert standing().unsigned == 4


class TestReading:
    def signed(self):
        key = anchors.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(KEY))
        return anchors.signed(key, at="2026-11-26T07:00:00Z", count=5, epoch=1, hash="ab" * 32, number=41_022)

    def test_a_receipt_is_read_out_of_an_e_mail(self, place):
        anchor = self.signed()
        mail = f"Subject: Receipt\n\nKeep this receipt of the ledger: {anchor.line}\nhttp://hub/receipts/\n"
        assert anchors.read(mail, anchors.trusted()) == ([anchor], [])

    def test_a_receipt_fits_into_a_letter(self):
        assert len(self.signed().line) <= 300

    @pytest.mark.parametrize("field", ["at", "count", "epoch", "hash", "number"])
    def test_a_changed_checkpoint_is_not_genuine(self, place, field):
        facts = json.loads(self.signed().line)
        facts[field] = "cd" * 32 if isinstance(facts[field], str) else facts[field] + 1
        good, wrong = anchors.read(json.dumps(facts), anchors.trusted())
        assert good == [] and wrong == ["Line 1 of the checkpoints has a signature that is not genuine."]

    def test_a_strangers_signature_does_not_count(self, place, settings):
        other = anchors.Ed25519PrivateKey.generate()
        theirs = anchors.signed(other, at="2026-11-26T07:00:00Z", count=1, epoch=1, hash="ab" * 32, number=1)
        assert "not trusted" in anchors.read(theirs.line, anchors.trusted())[1][0]
        settings.LEDGER_PUBLIC_KEYS = anchors.public_bytes(other).hex()
        assert anchors.read(theirs.line, anchors.trusted()) == ([theirs], [])

    def test_what_cannot_be_read_is_said(self, place):
        assert anchors.read("{half a line", anchors.trusted())[1] == ["Line 1 of the checkpoints cannot be read."]


@pytest.mark.database
class TestVerifying:
    """The command over a committed chain, a tampering, and a recovery."""

    def code(self, capsys, *given: str) -> tuple[int, dict]:
        def run() -> int:
            with pytest.raises(SystemExit) as left:
                call_command("ledger", "verify", "--json", *given)
            return int(left.value.code)

        code = elsewhere(run)
        return code, json.loads(capsys.readouterr().out)

    def act(self) -> None:
        def digest() -> None:
            ruth = User.objects.get(email__startswith="ruth.")
            agencies.choose_digest(ruth, by=ruth, wants_digest=not ruth.wants_digest)

        elsewhere(digest)

    def test_clean_incomplete_tampered_and_recovered(self, copied, place, capsys):
        assert self.code(capsys)[0] == chain.INCOMPLETE, "nothing was signed yet"
        self.act()
        elsewhere(actions.checkpoint)
        code, said = self.code(capsys)
        assert (code, said["signed_up_to"], said["first_altered"]) == (chain.CLEAN, said["last"], None)
        end = said["last"]
        assert self.code(capsys, "--since", str(end - 3))[1]["links"] == 4

        with psycopg.connect(copied) as owner:  # the database is set back by three lines
            tampering.free(owner)
            tampering.cut_the_tail(owner, None, end - 2, None)
        code, said = self.code(capsys)
        assert code == chain.TAMPERED
        assert f"link {end} of epoch 1 was signed" in said["first_altered"]["says"]
        self.act()
        with pytest.raises(actions.Contradicted):
            elsewhere(actions.checkpoint)

        assert elsewhere(actions.begin_epoch, "Recovered to 9am after the disk failed") == 2
        elsewhere(actions.checkpoint)
        code, said = self.code(capsys)
        assert (code, [epoch["number"] for epoch in said["epochs"]]) == (chain.CLEAN, [1, 2])
        assert said["epochs"][1]["anchored"] == end and "disk failed" in said["epochs"][1]["because"]

        with psycopg.connect(copied) as owner:
            tampering.free(owner)
            tampering.edit_a_line_to_77(owner, 5)
        code, said = self.code(capsys)
        assert (code, said["first_altered"]["number"]) == (chain.TAMPERED, 5)
        assert "changed: actor" in said["first_altered"]["says"]
