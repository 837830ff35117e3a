from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from openmash.agencies.models import User
from openmash.agencies.queries import posted
from openmash.agencies.roles import ROLES, Permission
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED


class Command(BaseCommand):
    help = "Opens the pages of the public and of the staff on a restored database, which is thrown away."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This signs people in without their knowledge: only on a server that is thrown away.")
        opened = [self._open(Client(), "/make-an-enquiry/", "the public")]
        for role in ROLES.values():
            user = posted(role.key).order_by("pk").first()
            if user is not None:
                opened += [self._open(_signed_in(user), path, role.name) for path in self._paths(user)]
        self.stdout.write(f"{len(opened)} pages were opened.")

    def _paths(self, user: User) -> list[str]:
        areas = user.areas_where(Permission.SEE_ENQUIRIES)
        known = Enquiry.objects.filter(area__in=areas, is_restricted=False).exclude(status=CLOSED)
        newest = known.order_by("-pk").first()
        return ["/", *([f"/enquiry/{newest.reference}/"] if newest else [])]

    def _open(self, client: Client, path: str, who: str) -> str:
        answer = client.get(path, follow=True, headers={"host": "localhost"})
        if answer.status_code != 200:
            raise CommandError(f"{path} answers {who} with {answer.status_code}.")
        return path


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
