from django.urls import path

from tests.room import views

handler400 = "nayu.kernel.http.problems.bad_request"
handler403 = "nayu.kernel.http.problems.permission_denied"
handler404 = "tests.room.views.not_found"
handler500 = "nayu.kernel.http.problems.server_error"

app_name = "room"
urlpatterns = [
    path("plain/", views.plain, name="plain"),
    path("late/", views.late, name="late"),
    path("streamed/", views.streamed, name="streamed"),
    path("lost/", views.lost, name="lost"),
    path("write/<slug:end>/", views.write, name="write"),
    path("move/", views.move, name="move"),
    path("move/<uuid:member>/", views.move, name="move_as"),
    path("fail/", views.fail, name="fail"),
    path("post-only/", views.post_only, name="post_only"),
    path("knock/", views.knock, name="knock"),
    path("knock-and-break/", views.knock_and_break, name="knock_and_break"),
    path("form/", views.form, name="form"),
    path("send/", views.send, name="send"),
]
