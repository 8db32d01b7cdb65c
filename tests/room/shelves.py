"""Shelves of one LAO, put up and counted in a transaction of their own."""

from django.db import transaction

from nayu.kernel.scope import scope
from tests.room.models import Shelf


def put_shelf(lao_id: int, label: str) -> None:
    with scope(lao_id), transaction.atomic():
        Shelf.objects.create(label=label)


def count_shelves(lao_id: int, label: str) -> int:
    with scope(lao_id), transaction.atomic():
        return Shelf.objects.filter(label=label).count()
