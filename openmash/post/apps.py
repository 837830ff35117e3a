"""An agency that only has e-mail is asked, reminded or told of a withdrawal: this room writes to it."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "openmash.post"

    def ready(self) -> None:
        from openmash.gathering.by_post import BY_POST
        from openmash.post.writing import on_telling

        BY_POST.append(on_telling)
