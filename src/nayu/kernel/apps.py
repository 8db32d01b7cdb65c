from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "nayu.kernel"
    label = "kernel"
    verbose_name = "Nayu kernel"
