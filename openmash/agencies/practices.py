"""The working practices: what everybody agrees to before the first page. Whoever changes a word gives it a new version.

The model is named by `agencies.models`, which is where Django looks for it. Source: M131.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

VERSION = "1"
PRACTICES = (
    "Look only at what the task in front of you needs. That you can open a page does not mean that you may.",
    "Everything that you open, search for and change is recorded, with your name, and is looked at.",
    "Never look up yourself, your family, your neighbours or anybody you know. If a task is about them, tell your "
    "manager and hand it on.",
    "Write what you saw or were told, and who said it. Say what is fact and what is opinion. The family may read it.",
    "Pass nothing on but by a release or a request in this system: not by e-mail, not on paper, not in the corridor.",
    "Never tell anybody where a family lives who are in hiding.",
    "Your sign-in is yours alone. Sign out, or lock the screen, when you leave it.",
    "If something went to the wrong person, or you saw what you should not have seen, tell the information governance "
    "lead the same day. Being told early is what matters.",
)


class Acknowledgement(models.Model):
    """Somebody has read a version of the working practices and will keep to it."""

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="acknowledgements")
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Privacy:
        plain = "*"
        keep = "as long as anything that they did"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "version"], name="practices_are_acknowledged_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} acknowledged {self.version}"


def acknowledged_at(user: int) -> datetime | None:
    """When somebody acknowledged the present version."""
    return Acknowledgement.objects.filter(user=user, version=VERSION).values_list("at", flat=True).first()
