"""Fills the demonstration, through the same services that serve real work."""

from dataclasses import asdict

from django.utils import timezone

from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from nayu.places.api import all_laos, create_lao, furnish_demo
from nayu.project.demo_laos import DEMO_LAOS


def fill() -> None:
    """What is there already stays as it is."""
    present = {lao.code for lao in all_laos()}
    for lao in DEMO_LAOS:
        if lao.code not in present:
            create_lao(**asdict(lao), by=System("demo"), now=timezone.now())
    for furnished in all_laos():
        with scope(furnished.pk):
            furnish_demo(by=System("demo"), now=timezone.now())
