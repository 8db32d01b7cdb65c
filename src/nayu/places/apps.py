from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils import timezone
from django.utils.module_loading import import_string

from nayu.kernel.permissions import System


class PlacesConfig(AppConfig):
    name = "nayu.places"
    label = "places"
    verbose_name = "Places"

    def ready(self) -> None:
        post_migrate.connect(read_geography, sender=self)


def read_geography(*, using: str, apps: Apps, **_: Any) -> None:
    """
    The state's map comes with the tables, and a newer edition with a newer package.

    Not a data migration: that would run once, and the package goes on being corrected.
    """
    is_there = "geographyedition" in apps.all_models["places"]
    if using == "owner" and is_there:
        # Models can be imported only after the apps are ready.
        import_string("nayu.places.services.geography.keep_geography_current")(
            by=System("migrate"), now=timezone.now()
        )
