"""The real pages, and one that writes."""

from django.urls import include, path

from tests.chaos.lingering import linger
from tests.room import views

handler400 = "nayu.kernel.http.problems.bad_request"
handler403 = "nayu.kernel.http.problems.permission_denied"
handler404 = "nayu.kernel.http.problems.not_found"
handler500 = "nayu.kernel.http.problems.server_error"

urlpatterns = [path("", include("nayu.doors.urls")), path("send/", views.send)]
views.in_the_middle = linger
