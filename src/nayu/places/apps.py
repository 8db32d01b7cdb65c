from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "nayu.places"
    label = "places"
    verbose_name = "Places"
