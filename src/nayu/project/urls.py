"""
Every address of the house.

``/health/…`` and ``/metrics`` are not here: they are answered before any host is asked, in
:mod:`nayu.kernel.http.health`.
"""

from django.urls import include, path

handler400 = "nayu.kernel.http.problems.bad_request"
handler403 = "nayu.kernel.http.problems.permission_denied"
handler404 = "nayu.kernel.http.problems.not_found"
handler500 = "nayu.kernel.http.problems.server_error"

urlpatterns = [path("", include("nayu.doors.urls"))]
