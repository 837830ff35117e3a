from django.apps import AppConfig


class CumulativeConfig(AppConfig):
    name = "openmash.cumulative"
