"""What every page may say."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """A demonstration says so on every page: it bears the names of real places."""
    del request
    return {"demo": settings.DEMO}
