"""An adult's enquiry comes in by any door: somebody has to answer for the children around them."""

from django.apps import AppConfig


class AdultsConfig(AppConfig):
    name = "openmash.adults"

    def ready(self) -> None:
        from openmash.adults.actions import on_receiving
        from openmash.enquiries.actions import AFTER_LETTING_IN, AFTER_RECEIVING

        AFTER_RECEIVING.append(on_receiving)
        AFTER_LETTING_IN.append(on_receiving)
