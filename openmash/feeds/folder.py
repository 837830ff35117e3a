"""Where files wait: those that are dropped, and those that are being read. A file that has been read is deleted."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

_PIECE = 1 << 20


@dataclass(frozen=True)
class Kept:
    """A file that waits to be read: what it was called, what it is called here, and its SHA-256."""

    file_name: str
    kept_as: str
    sha256: str


def reading_folder() -> Path:
    folder = Path(settings.FEEDS_FOLDER) / "reading"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep(file: BinaryIO, name: str) -> Kept:
    """Copy a file into the folder of files to read. It appears there whole, or not at all."""
    kept_as, digest = uuid4().hex, hashlib.sha256()
    half = reading_folder() / f"{kept_as}.half"
    with half.open("wb") as copy:
        while piece := file.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    half.replace(reading_folder() / kept_as)
    return Kept(Path(name).name[-200:], kept_as, digest.hexdigest())


def path_of(kept_as: str) -> Path:
    return reading_folder() / kept_as


def forget(kept_as: str) -> None:
    path_of(kept_as).unlink(missing_ok=True)


@dataclass(frozen=True)
class Dropped:
    """A file in the drop folder: `<agency>/<area>/full/` or `<agency>/<area>/delta/`."""

    path: Path
    agency: str
    area: str
    is_full: bool


def dropped(older_than: float) -> Iterator[Dropped]:
    """Every file that has lain untouched since that moment (seconds since 1970): nobody is still writing it."""
    drop = Path(settings.FEEDS_FOLDER) / "drop"
    for path in sorted(drop.glob("*/*/*/*")):
        agency, area, mode, _ = path.relative_to(drop).parts
        is_file = path.is_file() and not path.is_symlink() and not path.name.startswith(".")
        if is_file and mode in ("full", "delta") and path.stat().st_mtime <= older_than:
            yield Dropped(path, agency, area, mode == "full")


def make_drop(agency: str, area: str) -> Path:
    """The folder in which an agency may drop files for an area."""
    folder = Path(settings.FEEDS_FOLDER) / "drop" / agency / area
    for mode in ("full", "delta"):
        (folder / mode).mkdir(parents=True, exist_ok=True)
    return folder


def take_away(path: Path) -> Kept:
    """Move a dropped file to the folder of files to read."""
    with path.open("rb") as file:
        kept = keep(file, path.name)
    path.unlink()
    return kept
