"""The tables that the migrations make from nothing are the ones that the models declare."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("openmash.")]
COLUMNS = """
    SELECT attname, atttypid::regtype::text, attnotnull FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"""


def declared(model: type[Model]) -> Iterator[tuple[str, str, bool]]:
    with connection.cursor() as cursor:
        for field in model._meta.local_concrete_fields:
            kind = cursor.execute("SELECT to_regtype(%s)::text", [field.db_type(connection)]).fetchone()[0]
            yield str(field.column), kind, not field.null


def missing(model: type[Model], made: dict[str, Any]) -> Iterator[str]:
    """What the model declares and the table has not."""
    yield from ({one.name for one in (*model._meta.constraints, *model._meta.indexes)} - set(made))
    for field in model._meta.local_concrete_fields:
        of_it = [one for one in made.values() if one["columns"] == [field.column]]
        if field.unique and not any(one["unique"] for one in of_it):
            yield f"{field.column} is unique"
        if field.db_index and not field.unique and not any(one["index"] for one in of_it):
            yield f"{field.column} has an index"
        if field.remote_field and getattr(field, "db_constraint", False):
            target = (field.related_model._meta.db_table, field.target_field.column)  # type: ignore[union-attr]
            if not any(one["foreign_key"] == target for one in of_it):
                yield f"{field.column} refers to {target}"


@pytest.mark.django_db
def test_every_table_is_as_its_model_says() -> None:
    with connection.cursor() as cursor:
        for model in MODELS:
            table = model._meta.db_table
            made = set(cursor.execute(COLUMNS, [table]).fetchall())
            assert made == set(declared(model)), table
            assert not list(missing(model, connection.introspection.get_constraints(cursor, table))), table


@pytest.mark.django_db
def test_every_trigger_is_there() -> None:
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        ).fetchall()
    there = set(rows)
    for model in MODELS:
        for trigger in getattr(model._meta, "triggers", ()):
            assert (model._meta.db_table, trigger.get_pgid(model)) in there, trigger.name
