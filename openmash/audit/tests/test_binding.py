"""Who asks is bound for the length of their own transaction, and nobody is after it."""

import pytest
from django.db import connection

from openmash.agencies.models import User
from openmash.audit.binding import acts_for_a_person, asked_by


def bound() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute("SELECT openmash_user(), openmash_reader()")
        return cursor.fetchone()


@pytest.mark.usefixtures("django_db_setup")
def test_a_binding_ends_with_its_transaction_however_that_ends(django_db_blocker):
    one, other = User(pk=7), User(pk=8)
    with django_db_blocker.unblock():  # nothing is written, and no test's transaction stands around it
        nobody = bound()
        for _ in range(2):
            with asked_by(one):
                assert bound() == (7, 7)
                with asked_by(other):
                    assert bound() == (8, 8)
                assert bound() == (7, 7), "an outer binding is there again"
            assert bound() == nobody and not acts_for_a_person()
            with pytest.raises(ZeroDivisionError), asked_by(one):
                raise ZeroDivisionError
            assert bound() == nobody and not acts_for_a_person()
