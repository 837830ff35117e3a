"""Handing on follows a signature and a reopening, and is wanted before closing: it says so to the room below."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "openmash.allocation"

    def ready(self) -> None:
        from openmash.allocation.actions import on_reopening, on_signing
        from openmash.allocation.policies import everything_is_acknowledged
        from openmash.decisions.actions import AFTER_REOPENING, AFTER_SIGNING
        from openmash.decisions.policies import BEFORE_CLOSING

        AFTER_SIGNING.append(on_signing)
        AFTER_REOPENING.append(on_reopening)
        BEFORE_CLOSING.append(everything_is_acknowledged)
