"""
Every address of the house.

``/health/…`` and ``/metrics`` are not here: they are answered before any host is asked, in
:mod:`nayu.kernel.http.health`.
"""

from django.urls import URLPattern, URLResolver

handler400 = "nayu.kernel.http.problems.bad_request"
handler403 = "nayu.kernel.http.problems.permission_denied"
handler404 = "nayu.kernel.http.problems.not_found"
handler500 = "nayu.kernel.http.problems.server_error"

urlpatterns: list[URLPattern | URLResolver] = []
