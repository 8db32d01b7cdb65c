from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "nayu.kernel"
    label = "kernel"
    verbose_name = "Nayu kernel"

    def ready(self) -> None:
        # Who listens to events, and how what a Ref points to is shown: known from the start.
        autodiscover_modules("subscribers", "api")
