from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "nayu.doors"
    label = "doors"
