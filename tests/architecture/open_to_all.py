"""Views that anybody may enter, each with the reason; the list is read in review."""

OPEN_TO_ALL: dict[str, str] = {
    "nayu.doors.views.home": "Anybody finds the LAO by it; nothing personal is on it.",
    "nayu.doors.views.choose_language": "Language comes before sign-in; it only sets a cookie.",
}
