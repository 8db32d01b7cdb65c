"""Effects that can be counted: each is a shelf or a book."""

from datetime import datetime

from django.db import connection

from nayu.kernel import events
from tests.room.events import (
    BookReturned,
    DoorClosed,
    SessionAsked,
    ShelfMoved,
    ShelfWanted,
    ShelvesCounted,
)
from tests.room.models import Book, Shelf


@events.subscriber(ShelfWanted)
def build_shelf(event: ShelfWanted, *, now: datetime) -> None:
    del now
    Shelf.objects.create(label=event.label)


@events.subscriber(ShelfMoved)
def mark_old_place(event: ShelfMoved, *, now: datetime) -> None:
    Shelf.objects.create(label=f"{event.label} was here until {now:%Y}")


@events.subscriber(ShelfMoved)
def mark_new_place(event: ShelfMoved, *, now: datetime) -> None:
    Shelf.objects.create(label=f"{event.label} is here since {now:%Y}")


@events.subscriber(BookReturned)
def put_back(event: BookReturned, *, now: datetime) -> None:
    """Does half its work before it finds out that it cannot do the rest."""
    del now
    Shelf.objects.create(label=f"trolley of {event.title}")
    events.announce(ShelfWanted(lao_id=event.lao_id, label=f"asked for by {event.title}"))
    Book.objects.create(title=event.title, shelf=Shelf.objects.get(label=event.shelf))


@events.subscriber(ShelvesCounted)
def count_shelves(event: ShelvesCounted, *, now: datetime) -> None:
    """Writes down how many shelves of other LAOs raw SQL let it see."""
    del now
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM room_shelf WHERE lao_id <> %s", [event.lao_id])
        (foreign,) = cursor.fetchone()
    Shelf.objects.create(label=f"{event.label} saw {foreign}")


@events.subscriber(SessionAsked)
def name_session(event: SessionAsked, *, now: datetime) -> None:
    del event, now
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        Shelf.objects.create(label=str(cursor.fetchone()[0]))


@events.subscriber(DoorClosed)
def wait_at_the_door(event: DoorClosed, *, now: datetime) -> None:
    del now
    Shelf.objects.create(label=event.label)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [event.door])
