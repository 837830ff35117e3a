from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    name = "openmash.audit"

    def ready(self) -> None:
        from openmash.audit import binding

        connection_created.connect(binding.work_as_the_hub)
