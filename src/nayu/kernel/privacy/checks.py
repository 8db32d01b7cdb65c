"""The build fails when a table forgets to say what it knows about people."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import models

from nayu.kernel.privacy.declarations import (
    LIBRARY_TABLES,
    BadDeclaration,
    Declaration,
    Keep,
    column_of,
    declaration_of,
    fields_of,
    holds_words,
)


def _problems_of(model: type[models.Model], said: Declaration) -> Iterator[tuple[str, str]]:
    words = {column_of(field) for field in fields_of(model).values() if holds_words(field)}
    if forgotten := words - said.personal - said.harmless:
        yield "E003", f"neither personal nor harmless: {', '.join(sorted(forgotten))}"
    if both := said.personal & said.harmless:
        yield "E004", f"both personal and harmless: {', '.join(sorted(both))}"
    if said.personal and said.kind in {"C0", "C1"}:
        yield "E005", f"personal fields in a table of class {said.kind}"
    if said.swept and not said.keep.after:
        yield "E007", "swept, but keep does not say since which field"
    yield from _keep_problems(model, said.keep)


def _keep_problems(model: type[models.Model], keep: Keep) -> Iterator[tuple[str, str]]:
    fields = fields_of(model)
    if keep.after and not isinstance(fields[keep.after], models.DateField):
        yield "E006", f"keep counts from {keep.after}, which is no date"
    if keep.owner and not isinstance(fields[keep.owner], models.ForeignKey):
        yield "E006", f"keep follows {keep.owner}, which is no foreign key"


def problems(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Code and sentence of each thing that the model's declaration lacks."""
    try:
        said = declaration_of(model)
    except BadDeclaration as problem:
        yield "E002", str(problem)
        return
    if said is not None:
        yield from _problems_of(model, said)
        return
    library = LIBRARY_TABLES.get(model._meta.db_table)
    if library is None:
        yield "E001", "declares no Privacy, and its table is not in LIBRARY_TABLES"
    elif strangers := library.personal - {column_of(f) for f in fields_of(model).values()}:
        yield "E002", f"no such column: {', '.join(sorted(strangers))}"


@checks.register("privacy")
def every_model_declares_its_privacy(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    del kwargs
    every = (
        apps.get_models(include_auto_created=True)
        if app_configs is None
        else [model for app in app_configs for model in app.get_models(include_auto_created=True)]
    )
    return [
        checks.Error(sentence, obj=model, id=f"nayu.privacy.{code}")
        for model in every
        for code, sentence in problems(model)
    ]
