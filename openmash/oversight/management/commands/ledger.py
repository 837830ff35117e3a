import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from openmash.audit import anchors, chain
from openmash.audit.actions import begin_epoch, checkpoint
from openmash.audit.anchors import Anchor
from openmash.audit.chain import Checked
from openmash.oversight.agreement import disagreements

SHOWN = 20


class Command(BaseCommand):
    help = "Looks through the chain of the ledger, signs where it stands, or begins a new epoch after a recovery."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="0: clean; 2: tampered with; 3: clean as far as it goes")
        verify.add_argument("--anchors", type=Path, help="another file of checkpoints, or e-mails with them")
        verify.add_argument("--since", type=int, default=1, metavar="N", help="begin at link N")
        verify.add_argument("--json", action="store_true", dest="as_json")
        epoch = acts.add_parser("new-epoch", help="after the database was set back to an earlier time")
        epoch.add_argument("--because", required=True)
        acts.add_parser("checkpoint", help="sign now where the chain stands; the worker does it every minute")
        acts.add_parser("key", help="the public key with which the checkpoints are checked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act'].replace('-', '_')}")(options)
        except anchors.NoKey as missing:
            raise CommandError(str(missing)) from missing

    def _verify(self, options: dict[str, Any]) -> None:
        path = options["anchors"] or Path(settings.LEDGER_ANCHORS)
        held, unsaid = _checkpoints(path)
        with connection.cursor() as cursor:
            checked = chain.verify(cursor, held, since=options["since"])
            checked.altered += disagreements(cursor)
        checked.unsaid += unsaid
        self.stdout.write(_as_json(checked) if options["as_json"] else _in_words(checked))
        sys.exit(checked.exit_code)

    def _new_epoch(self, options: dict[str, Any]) -> None:
        number = begin_epoch(options["because"])
        checkpoint()
        self.stdout.write(
            f"Epoch {number} of the ledger has begun. What was signed and is lost is named in its first line."
        )

    def _checkpoint(self, options: dict[str, Any]) -> None:
        for anchor in checkpoint():
            self.stdout.write(anchor.line)

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(anchors.public_bytes(anchors.private_key()).hex())


def _checkpoints(path: Path) -> tuple[list[Anchor], list[str]]:
    """The genuine checkpoints in a file, and what cannot be said without those that are missing."""
    keys = anchors.trusted()
    try:
        held, unsaid = anchors.read(path.read_text(), keys)
    except OSError as problem:
        return [], [f"The checkpoints cannot be read: {problem}. A chain cut off or written anew would look clean."]
    if not held:
        unsaid.append(f"There is no genuine checkpoint in {path}. A chain cut off or written anew would look clean.")
    return held, unsaid


def _in_words(checked: Checked) -> str:
    lines = [f"{checked.lines:,} links looked through, up to link {checked.last}; signed up to {checked.last_anchor}."]
    lines += [f"Epoch {epoch.number} begins at link {epoch.first}: {epoch.because}. What was signed after it, up to "
              f"link {epoch.anchored}, was lost." for epoch in checked.epochs if epoch.because]  # fmt: skip
    if checked.altered:
        lines.append(f"TAMPERED WITH. First: {checked.altered[0].says}")
        lines += [f"  {finding.says}" for finding in checked.altered[1:SHOWN]]
        lines += [f"  and {len(checked.altered) - SHOWN} more."] if len(checked.altered) > SHOWN else []
    lines += [f"Cannot be said: {says}" for says in checked.unsaid]
    return "\n".join(lines if checked.exit_code else [*lines, "Clean."])


def _as_json(checked: Checked) -> str:
    facts = {
        "exit": checked.exit_code,
        "links": checked.lines,
        "last": checked.last,
        "last_hash": checked.last_hash,
        "signed_up_to": checked.last_anchor,
        "epochs": [vars(epoch) for epoch in checked.epochs],
        "first_altered": vars(checked.altered[0]) if checked.altered else None,
        "altered": [vars(finding) for finding in checked.altered],
        "cannot_be_said": checked.unsaid,
    }
    return json.dumps(facts, indent=2)
