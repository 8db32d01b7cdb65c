"""The rules over models and views, each broken once on purpose."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test.utils import isolate_apps
from django.urls import URLPattern, URLResolver, include, path
from django.views import View

from nayu.kernel.permissions import permission, requires
from nayu.places.models import Lao
from tests.architecture.contracts_of_the_house import floors
from tests.architecture.rules_models import (
    keys_go_down_and_leave_no_trace,
    tables_declare_their_privacy,
)
from tests.architecture.rules_views import views_are_guarded
from tests.room.models import Book, Shelf

ENTER = permission("rules.enter", roles=("officer",))


@isolate_apps()
def test_a_key_upwards_is_found() -> None:
    class Well(models.Model):
        __module__ = "nayu.wells.models"

        class Meta:
            app_label = "wells"

    class Lao(models.Model):
        __module__ = "nayu.places.models"
        well = models.ForeignKey(Well, models.PROTECT, related_name="+")

        class Meta:
            app_label = "places"

    assert keys_go_down_and_leave_no_trace([Lao], [frozenset({"wells"}), *floors()]) == [
        "places.Lao.well points to wells, which is on no lower floor"
    ]


@isolate_apps()
def test_a_key_downwards_that_leaves_a_name_is_found() -> None:
    class Complaint(models.Model):
        __module__ = "nayu.complaints.models"
        lao = models.ForeignKey(Lao, models.PROTECT)
        quiet = models.ForeignKey(Lao, models.PROTECT, related_name="+")
        earlier = models.ForeignKey("self", models.PROTECT, related_name="later")

        class Meta:
            app_label = "complaints"

    assert keys_go_down_and_leave_no_trace([Complaint], floors()) == [
        'complaints.Complaint.lao leaves a reverse name on places; say related_name="+"'
    ]


@isolate_apps()
def test_a_key_to_a_frameworks_table_is_found() -> None:
    class Thing(models.Model):
        class Meta:
            app_label = "framework"

    class Complaint(models.Model):
        __module__ = "nayu.complaints.models"
        thing = models.ForeignKey(Thing, models.PROTECT, related_name="+")
        things = models.ManyToManyField(Thing)

        class Meta:
            app_label = "complaints"

    assert keys_go_down_and_leave_no_trace([Complaint], floors()) == [
        "complaints.Complaint.thing points to framework, which is on no lower floor",
        "complaints.Complaint.things is many-to-many; write the table between them",
    ]


def test_the_key_to_the_lao_may_point_up_from_everywhere() -> None:
    assert keys_go_down_and_leave_no_trace([Shelf, Book], []) == []


@isolate_apps()
def test_a_table_that_does_not_declare_its_privacy_is_found() -> None:
    class Silent(models.Model):
        class Meta:
            app_label = "room"

    class Halfway(models.Model):
        class Privacy:
            kind = "C1"

        class Meta:
            app_label = "room"

    class Heir(Shelf):
        class Meta:
            app_label = "room"

    found = tables_declare_their_privacy([Shelf, Silent, Halfway, Heir])
    assert [sentence.split()[0] for sentence in found] == [
        "room.Silent",
        "room.Halfway",
        "room.Heir",
    ]


def opened(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse()


@requires(ENTER)
def guarded(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse()


class Page(View):
    pass


def test_a_view_without_a_right_is_found_unless_it_is_open_for_a_reason() -> None:
    patterns: list[URLPattern | URLResolver] = [
        path("guarded/", guarded),
        path("deep/", include([path("open/", opened), path("page/", Page.as_view())])),
    ]
    here = __name__
    assert views_are_guarded(patterns, {}) == [
        f"{here}.Page asks for no right",
        f"{here}.opened asks for no right",
    ]
    assert views_are_guarded(patterns, {f"{here}.Page": "", f"{here}.opened": "front door"}) == [
        f"{here}.Page is open without a reason"
    ]


def test_a_view_called_open_that_is_not_is_found() -> None:
    assert views_are_guarded([path("", guarded)], {f"{__name__}.guarded": "was open"}) == [
        f"{__name__}.guarded is called open, but is not"
    ]
