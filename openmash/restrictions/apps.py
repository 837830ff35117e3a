from django.apps import AppConfig


class RestrictionsConfig(AppConfig):
    name = "openmash.restrictions"

    def ready(self) -> None:
        from openmash.agencies import letters
        from openmash.restrictions.queries import is_kept

        letters.KEPT.append(is_kept)
