"""Signed checkpoints of the chain, kept where no administrator of the database can reach them (security 4.4).

A checkpoint says which hash stood at which number, and when. It is one line of JSON: the same line in the file of
checkpoints and in the daily e-mail to each agency's governance lead, so that an e-mail is a receipt to check against.
"""

import base64
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_END = 4096  # bytes: more than any line of the file


class NoKey(Exception):
    """There is no key to sign with. The message says where it is looked for."""


@dataclass(frozen=True)
class Anchor:
    """One checkpoint. `count` is how many lines it covers since the one before; `key` names the key that signed it."""

    at: str
    count: int
    epoch: int
    hash: str
    key: str
    number: int
    signature: str = ""

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @property
    def signed_text(self) -> bytes:
        facts = asdict(self)
        del facts["signature"]
        return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def private_key() -> Ed25519PrivateKey:
    """From `OPENMASH_LEDGER_KEY` (64 hexadecimal digits), or from the file that `OPENMASH_LEDGER_KEY_FILE` names."""
    path = Path(settings.LEDGER_KEY_FILE)
    try:
        words = settings.LEDGER_KEY or path.read_text()
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(words.strip()))
    except (OSError, ValueError) as problem:
        raise NoKey(f"There is no key to sign the ledger with in {path}: {problem}") from problem


def trusted() -> dict[str, Ed25519PublicKey]:
    """The keys whose signatures count, by name: those in the settings, and the one that signs here."""
    keys = [bytes.fromhex(words) for words in settings.LEDGER_PUBLIC_KEYS.replace(",", " ").split()]
    with suppress(NoKey):
        keys.append(public_bytes(private_key()))
    return {_name(raw): Ed25519PublicKey.from_public_bytes(raw) for raw in keys}


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _name(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def signed(key: Ed25519PrivateKey, *, at: str, count: int, epoch: int, hash: str, number: int) -> Anchor:  # noqa: A002
    """A checkpoint with its signature (ed25519, over the line without the signature)."""
    facts: dict[str, Any] = {"at": at, "count": count, "epoch": epoch, "hash": hash, "number": number}
    bare = Anchor(key=_name(public_bytes(key)), **facts)
    return Anchor(**asdict(bare) | {"signature": base64.b64encode(key.sign(bare.signed_text)).decode()})


def add(path: Path, anchors: Iterable[Anchor]) -> None:
    """Put checkpoints at the end of the file, and on the disk, before anything else happens. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write("".join(f"{anchor.line}\n" for anchor in anchors).encode())
        file.flush()
        os.fsync(file.fileno())


def newest(path: Path) -> Anchor | None:
    """The last checkpoint of the file; None where there is no file yet."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _END))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    return next(filter(None, map(_anchor, reversed(lines))), None)


def read(text: str, keys: dict[str, Ed25519PublicKey]) -> tuple[list[Anchor], list[str]]:
    """The checkpoints in a text whose signatures are good, and in words what is wrong with the others.

    The text is the file, or e-mails as they came: whatever stands before and after a checkpoint is passed over.
    """
    good, wrong = [], []
    for number, words in enumerate(text.splitlines(), 1):
        if "{" not in words:
            continue
        anchor = _anchor(words)
        if anchor is None:
            wrong.append(f"Line {number} of the checkpoints cannot be read.")
        elif anchor.key not in keys:
            wrong.append(f"Line {number} of the checkpoints is signed with a key that is not trusted: {anchor.key}.")
        elif not _is_genuine(anchor, keys[anchor.key]):
            wrong.append(f"Line {number} of the checkpoints has a signature that is not genuine.")
        else:
            good.append(anchor)
    return good, wrong


def _anchor(words: str) -> Anchor | None:
    try:
        return Anchor(**json.loads(words[words.index("{") : words.rindex("}") + 1]))
    except (ValueError, TypeError):
        return None


def _is_genuine(anchor: Anchor, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.b64decode(anchor.signature), anchor.signed_text)
    except (InvalidSignature, ValueError):
        return False
    return True


def highest(anchors: Sequence[Anchor]) -> Anchor | None:
    return max(anchors, key=lambda anchor: (anchor.epoch, anchor.number), default=None)
