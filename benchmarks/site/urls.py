from django.urls import include, path

from benchmarks.site import views
from nayu.project.urls import handler400, handler403, handler404, handler500
from nayu.project.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path(
        "bench/",
        include(
            [
                path("hello", views.hello),
                path("without/hello", views.hello),
                path("place", views.place),
                path("without/place", views.place),
                path("row", views.row),
                path("list", views.shelves),
                path("write", views.write),
                path("announce", views.announce),
            ]
        ),
    ),
    *real,
]
