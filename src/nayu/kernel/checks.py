"""
System checks: what a model of an LAO must not say, told before a migration is written.

The catalogue test finds the same in the database; here the sentence names the field.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned

Model = type[models.Model]


@register
def rows_of_one_lao(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E001 to E004, over every model of an LAO."""
    del kwargs
    configs = apps.get_app_configs() if app_configs is None else app_configs
    found = (model for config in configs for model in config.get_models(include_auto_created=True))
    return flaws_of(model for model in found if issubclass(model, LaoOwned))


def flaws_of(tables: Iterable[Model]) -> list[CheckMessage]:
    return [flaw for model in tables for flaw in _flaws(model)]


def _flaws(model: Model) -> Iterator[Error]:
    for many in model._meta.local_many_to_many:
        through = many.remote_field.through
        if through is not None and through._meta.auto_created:
            yield Error(
                "An automatic table between two others has no lao and no wall.",
                hint="Write the table between them as a LaoOwned model with two InLaoKey.",
                obj=many,
                id="nayu.E001",
            )
    for field in model._meta.local_fields:
        if _passes_the_wall(field):
            yield Error(
                "A plain foreign key to another row of an LAO accepts a row of any LAO.",
                hint="Use InLaoKey, which makes the key (lao_id, id).",
                obj=field,
                id="nayu.E002",
            )
    for words in _unique_without_lao(model):
        yield Error(
            f"Unique over all LAOs ({words}): it tells one LAO what another has.",
            hint='Use a UniqueConstraint whose first field is "lao".',
            obj=model,
            id="nayu.E003",
        )
    if not isinstance(model._meta.default_manager, LaoManager):
        yield Error(
            "The default manager does not ask for a scope.",
            hint="Declare objects = LaoManager.from_queryset(…)(), or leave it out.",
            obj=model,
            id="nayu.E004",
        )


def _passes_the_wall(field: "models.Field[Any, Any]") -> bool:
    target = field.related_model
    return (
        isinstance(target, type)
        and issubclass(target, LaoOwned)
        and not isinstance(field, InLaoKey)
    )


def _unique_without_lao(model: Model) -> Iterator[str]:
    for field in model._meta.local_fields:
        # The primary key is a UUIDv7, which tells nothing of the others.
        if field.unique and not field.primary_key:
            yield field.name
    for names in model._meta.unique_together:
        if names[0] != "lao":
            yield ", ".join(names)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            first = (*constraint.fields, *constraint.expressions)[0]
            if first not in {"lao", models.F("lao")}:
                yield constraint.name
