"""Views that anybody may enter, each with the reason; the list is read in review."""

OPEN_TO_ALL: dict[str, str] = {}
