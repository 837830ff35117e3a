"""What a machine sends row by row, as the file that its agency could have sent: read by the same importers."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openmash.feeds.folder import Kept, keep


def as_file(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Kept:
    """A CSV with these columns in the folder of files to read."""
    text = io.StringIO()
    lines = csv.DictWriter(text, columns, restval="")
    lines.writeheader()
    lines.writerows(rows)
    return keep(io.BytesIO(text.getvalue().encode()), name)
