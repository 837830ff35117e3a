from django.apps import AppConfig


class DomesticAbuseConfig(AppConfig):
    name = "openmash.domestic_abuse"
