"""The rules over the whole house, as it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks.registry import registry
from django.core.management import call_command
from django.urls import get_resolver

from nayu.kernel import checks
from tests.architecture import rules_code, rules_rooms, rules_words
from tests.architecture.contracts_of_the_house import floors
from tests.architecture.house import House
from tests.architecture.open_to_all import OPEN_TO_ALL
from tests.architecture.rules_models import (
    keys_go_down_and_leave_no_trace,
    tables_declare_their_privacy,
)
from tests.architecture.rules_views import views_are_guarded

ROOT = Path(__file__).resolve().parents[2]
RULES = (*rules_code.RULES, *rules_rooms.RULES, *rules_words.RULES)
TABLES = [model for model in apps.get_models() if model.__module__.startswith(("nayu.", "tests."))]


@pytest.fixture(scope="module")
def house() -> House:
    return House.of_checkout(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(house: House, rule: Callable[[House], list[str]]) -> None:
    assert rule(house) == []


def test_every_view_asks_for_a_right_or_is_open_for_a_reason() -> None:
    assert views_are_guarded(get_resolver().url_patterns, OPEN_TO_ALL) == []


def test_keys_between_rooms_go_down_and_leave_no_reverse_name() -> None:
    ours = [model for model in TABLES if model.__module__.startswith("nayu.")]
    assert keys_go_down_and_leave_no_trace(ours, floors()) == []


def test_every_table_declares_its_privacy() -> None:
    assert tables_declare_their_privacy(TABLES) == []


def test_the_system_checks_pass_and_the_walls_of_the_models_are_among_them() -> None:
    call_command("check", fail_level="WARNING")
    assert checks.rows_of_one_lao in registry.get_checks()
