"""
Rows whose time is over go by themselves, where nothing hangs on them and nobody has to be asked::

    class Privacy:
        keep = "48h after made_at"
        swept = True
"""

from datetime import datetime

from django.apps import apps
from django.db import models, transaction

from nayu.kernel.everywhere import lao_ids
from nayu.kernel.privacy.declarations import Keep, declaration_of
from nayu.kernel.scope import scope
from nayu.kernel.tenancy import LaoOwned

_Swept = list[tuple[type[models.Model], Keep]]


def sweep(*, now: datetime) -> int:
    """Delete what is over, in every LAO and outside; how many rows there were."""
    swept = _swept()
    gone = _delete([one for one in swept if not issubclass(one[0], LaoOwned)], now)
    of_laos = [one for one in swept if issubclass(one[0], LaoOwned)]
    for lao_id in lao_ids():
        # One short transaction each; nobody waits for the last of 7,850.
        with scope(lao_id), transaction.atomic():
            gone += _delete(of_laos, now)
    return gone


def _swept() -> _Swept:
    said = ((model, declaration_of(model)) for model in apps.get_models())
    return [(model, one.keep) for model, one in said if one is not None and one.swept]


def _delete(swept: _Swept, now: datetime) -> int:
    gone = 0
    for model, keep in swept:
        over = {f"{keep.after}__lt": keep.began_before(now)}
        gone += model._default_manager.filter(**over).delete()[0]
    return gone
