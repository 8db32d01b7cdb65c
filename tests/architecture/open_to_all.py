"""Views that anybody may enter, each with the reason; the list is read in review."""

OPEN_TO_ALL: dict[str, str] = {
    "nayu.doors.views.first_pages.home": "Anybody finds the LAO by it; nothing personal is on it.",
    "nayu.doors.views.reading.choose_language": "It only sets a cookie of the reader's own.",
    "nayu.doors.views.reading.choose_theme": "It only sets a cookie of the reader's own.",
    "nayu.doors.views.reading.choose_text": "It only sets a cookie of the reader's own.",
    "nayu.doors.views.gallery.first": "Samples only, and only in the demonstration and in tests.",
    "nayu.doors.views.gallery.room": "Samples only, and only in the demonstration and in tests.",
}
