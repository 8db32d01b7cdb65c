from django.urls import path

from nayu.doors import views

app_name = "doors"
urlpatterns = [
    path("", views.home, name="home"),
    path("language/<slug:code>/", views.choose_language, name="language"),
]
