"""A promised enquiry comes in by any door: this room is told of each."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "openmash.consultations"

    def ready(self) -> None:
        from openmash.consultations.actions import on_receiving
        from openmash.enquiries.actions import AFTER_RECEIVING

        AFTER_RECEIVING.append(on_receiving)
