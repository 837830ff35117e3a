"""A late answer is a question to the decision-maker: this room says so to the one that stores answers."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "openmash.decisions"

    def ready(self) -> None:
        from openmash.decisions.actions import raise_late_answer
        from openmash.gathering.late import LATE

        LATE.append(raise_late_answer)
