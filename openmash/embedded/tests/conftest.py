import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """A short folder that another account may pass through; pytest's own are closed to all but us."""
    folder = Path(tempfile.mkdtemp(prefix="mash-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
