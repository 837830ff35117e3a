from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "openmash.design"
    verbose_name = "Design"
