"""Whoever is looked for may turn up in any enquiry: this room is told of each that comes in."""

from django.apps import AppConfig


class LookoutConfig(AppConfig):
    name = "openmash.lookout"

    def ready(self) -> None:
        from openmash.enquiries.actions import AFTER_LETTING_IN, AFTER_RECEIVING
        from openmash.lookout.tasks import on_receiving

        AFTER_RECEIVING.append(on_receiving)
        AFTER_LETTING_IN.append(on_receiving)
