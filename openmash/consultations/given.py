"""What an adviser writes down of a call."""

from datetime import datetime
from typing import NotRequired, TypedDict


class Advised(TypedDict):
    """`level` 1 to 4; `agreed` a key of `codes.AGREED`; `due_at` only when an enquiry is promised."""

    outline: str
    advice: str
    level: int
    agreed: str
    caller: NotRequired[str]
    job_title: NotRequired[str]
    organisation: NotRequired[str]
    telephone: NotRequired[str]
    email: NotRequired[str]
    child_age: NotRequired[str]
    others: NotRequired[str]
    history: NotRequired[str]
    tried: NotRequired[str]
    is_harm_plain: NotRequired[bool]
    agreed_words: NotRequired[str]
    training: NotRequired[list[str]]
    due_at: NotRequired[datetime | None]
    called_at: NotRequired[datetime]
