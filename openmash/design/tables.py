"""What lists need: a header that sorts by link, keeping the filters that are on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True)
class Sorting:
    """How a list is sorted now, and the link that sorts it another way (`?sort=due`, `?sort=-due`)."""

    by: str
    descending: bool = False
    query: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def asked(cls, query: Mapping[str, str], allowed: tuple[str, ...], default: str) -> "Sorting":
        """From `request.GET`; a key that is not `allowed` gives the `default` (`-due` begins with the latest)."""
        wanted = query.get("sort", default)
        wanted = wanted if wanted.removeprefix("-") in allowed else default
        kept = {key: value for key, value in query.items() if key not in ("sort", "after", "before")}
        return cls(wanted.removeprefix("-"), wanted.startswith("-"), kept)

    def link(self, key: str) -> str:
        """Sorts by `key`; upside down when it is sorted so already."""
        turned = key == self.by and not self.descending
        return "?" + urlencode({**self.query, "sort": f"-{key}" if turned else key})
