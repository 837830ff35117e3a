from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "openmash.agencies"

    def ready(self) -> None:
        from openmash.agencies import factors

        factors.listen()
