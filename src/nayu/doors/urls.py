from django.urls import path

from nayu.doors.views import first_pages, gallery, reading

app_name = "doors"
urlpatterns = [
    path("", first_pages.home, name="home"),
    path("language/<slug:code>/", reading.choose_language, name="language"),
    path("theme/<slug:code>/", reading.choose_theme, name="theme"),
    path("text-size/<slug:code>/", reading.choose_text, name="text"),
    path("_house/", gallery.first, name="gallery"),
    path("_house/<slug:room>/", gallery.room, name="gallery_room"),
]
