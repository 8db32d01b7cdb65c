"""The import contracts: complete, without exceptions, kept by the house, and biting."""

import grimp
import pytest

from tests.architecture.contracts_of_the_house import (
    contract,
    exceptions_in,
    floors,
    options,
    session,
)

PLAN = """
    project > doors > evaluation > plans|care > councils|capital|learning
    > complaints|safety|health|surveys|welfare|economy|pages > bookings|volunteers
    > partners > network > messaging > people > places > kernel
"""
HOUSE = ("nayu", "nayu.project", "nayu.doors", "nayu.places", "nayu.kernel", "nayu.complaints")

#: Importer, imported → the contracts that it breaks.
BREACHES = {
    ("nayu.places.api", "nayu.doors.views"): {"floors", "rooms"},
    ("nayu.kernel.scope", "nayu.places.api"): {"floors"},
    ("nayu.complaints.services", "nayu.safety.api"): {"floors"},
    ("nayu.kernel.scope", "nayu.project.env"): {"floors", "rooms"},
    ("nayu.complaints.selectors", "nayu.complaints.services"): {"anatomy"},
    ("nayu.complaints.models", "nayu.complaints.api"): {"anatomy"},
    ("nayu.complaints.policy", "nayu.complaints.events"): {"anatomy"},
    ("nayu.complaints.services", "nayu.complaints.tasks"): {"anatomy"},
    ("nayu.complaints.utils", "nayu.kernel.scope"): {"anatomy"},
    ("nayu.doors.models", "nayu.kernel.tenancy"): {"anatomy"},
    ("nayu.doors.services", "nayu.kernel.tenancy"): {"anatomy"},
    ("nayu.complaints.services", "nayu.places.models"): {"rooms"},
    ("nayu.complaints.services", "nayu.places"): {"rooms"},
    ("nayu.complaints.views", "nayu.places.panels"): {"rooms"},
    ("nayu.complaints.services", "nayu.places.tests.factories"): {"rooms"},
    ("nayu.project.commands", "nayu.places.models"): {"rooms"},
}
ALLOWED = [
    ("nayu.complaints.services", "nayu.places.api"),
    ("nayu.complaints.subscribers", "nayu.places.events"),
    ("nayu.complaints.views", "nayu.complaints.models"),
    ("nayu.complaints.services.intake", "nayu.complaints.services.triage"),
    ("nayu.complaints.urls", "nayu.complaints.rest"),
    ("nayu.complaints.models", "nayu.kernel.tenancy"),
    ("nayu.complaints.tests.factories", "nayu.places.tests.factories"),
    ("nayu.doors.views", "nayu.complaints.panels"),
    ("nayu.project.commands", "nayu.places.api"),
]


def graph_with(importer: str, imported: str) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for module in (*HOUSE, importer, imported):
        for depth in range(1, module.count(".") + 2):
            graph.add_module(".".join(module.split(".")[:depth]))
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="")
    return graph


def broken_by(graph: grimp.ImportGraph) -> set[str]:
    codes = [table["id"] for table in options()]
    return {code for code in codes if not contract(code).check(graph, verbose=False).kept}


def test_the_floors_are_those_of_the_house_plan() -> None:
    plan = [frozenset(name.strip() for name in floor.split("|")) for floor in PLAN.split(">")]
    assert floors() == plan


def test_a_package_on_no_floor_breaks_the_build() -> None:
    assert broken_by(graph_with("nayu.core.api", "nayu.kernel.scope")) == {"floors"}


def test_no_contract_has_an_exception() -> None:
    assert exceptions_in([*options(), {"name": "the linter", **session()}]) == []
    tampered = [{"name": "Between floors", "ignore_imports": ["nayu.a -> nayu.b"]}]
    assert exceptions_in(tampered) == ["Between floors lets something through by ignore_imports"]


def test_the_house_as_it_stands_keeps_every_contract() -> None:
    graph = grimp.build_graph("nayu", cache_dir=None)
    assert broken_by(graph) == set()


@pytest.mark.parametrize(("arrow", "contracts"), BREACHES.items())
def test_an_import_that_the_plan_forbids_breaks_its_contract(
    arrow: tuple[str, str], contracts: set[str]
) -> None:
    assert broken_by(graph_with(*arrow)) == contracts


@pytest.mark.parametrize("arrow", ALLOWED)
def test_an_import_that_the_plan_allows_is_kept(arrow: tuple[str, str]) -> None:
    assert broken_by(graph_with(*arrow)) == set()


def test_a_cycle_inside_the_kernel_is_broken() -> None:
    graph = graph_with("nayu.kernel.scope", "nayu.kernel.tenancy")
    graph.add_import(importer="nayu.kernel.tenancy", imported="nayu.kernel.scope")
    assert broken_by(graph) == {"kernel"}
