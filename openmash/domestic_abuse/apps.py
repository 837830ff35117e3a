"""Domestic abuse may have been graded before an enquiry comes: that grade is carried over."""

from django.apps import AppConfig


class DomesticAbuseConfig(AppConfig):
    name = "openmash.domestic_abuse"

    def ready(self) -> None:
        from openmash.domestic_abuse.actions import on_receiving
        from openmash.enquiries.actions import AFTER_RECEIVING

        AFTER_RECEIVING.append(on_receiving)
