"""
Import contracts of our own, for ``lint-imports`` (``[tool.importlinter]`` in ``pyproject.toml``).

Both work on the import graph alone, so a test can hand them a broken one.
"""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class _OfTheHouse(Contract):
    """A contract whose breaches are sentences."""

    def breaches(self, graph: grimp.ImportGraph) -> list[str]:
        raise NotImplementedError

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        del verbose
        found = self.breaches(graph)
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for sentence in check.metadata["found"]:
            output.print_error(sentence)


class Anatomy(_OfTheHouse):
    """Every room has the same file names, and they lean on each other in one order."""

    type_name = "anatomy"

    house = fields.StringField()
    free_form = fields.SetField(subfield=fields.StringField())
    without_tables = fields.SetField(subfield=fields.StringField())
    layers = fields.ListField(subfield=fields.StringField())
    aside = fields.SetField(subfield=fields.StringField())

    def breaches(self, graph: grimp.ImportGraph) -> list[str]:
        rooms = {
            room
            for room in graph.find_children(str(self.house))
            if room.rpartition(".")[2] not in _words(self.free_form)
        }
        return [*self._strangers(graph, rooms), *self._wrong_way(graph, rooms)]

    def _strangers(self, graph: grimp.ImportGraph, rooms: set[str]) -> list[str]:
        known = {name for layer in self._order() for name in layer.module_tails}
        known |= _words(self.aside)
        found = []
        for room in sorted(rooms):
            tables = room.rpartition(".")[2] not in _words(self.without_tables)
            allowed = known if tables else known - {"models", "migrations", "services"}
            for file in sorted(graph.find_children(room)):
                name = file.rpartition(".")[2]
                if name not in allowed:
                    found.append(f"{file}: a room of this kind has no file of that name")
        return found

    def _wrong_way(self, graph: grimp.ImportGraph, rooms: set[str]) -> list[str]:
        wrong = graph.find_illegal_dependencies_for_layers(layers=self._order(), containers=rooms)
        return sorted(f"{found.importer} leans on {found.imported}" for found in wrong)

    def _order(self) -> list[grimp.Layer]:
        layers = []
        for line in _lines(self.layers):
            beside = "|" in line
            names = [name.strip() for name in line.split("|" if beside else ":")]
            layers.append(grimp.Layer(*names, independent=beside))
        return layers


class Rooms(_OfTheHouse):
    """A room is entered by its ``api`` and its ``events``; the ground is open to all."""

    type_name = "rooms"

    house = fields.StringField()
    ground = fields.StringField()
    exposed = fields.SetField(subfield=fields.StringField())
    pages = fields.StringField()
    exposed_to_pages = fields.SetField(subfield=fields.StringField())

    def breaches(self, graph: grimp.ImportGraph) -> list[str]:
        return [
            f"{importer} reaches past the api of {imported}"
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self._may(importer, imported)
        ]

    def _may(self, importer: str, imported: str) -> bool:
        _, room, file = _place(importer)
        house, target, part = _place(imported)
        if house != str(self.house) or target in {room, str(self.ground)}:
            return True
        if part in _words(self.exposed):
            return True
        if room == str(self.pages) and part in _words(self.exposed_to_pages):
            return True
        # The cast of a lower room's tests furnishes the tests above it.
        return file == part == "tests"


def _place(module: str) -> tuple[str, str, str]:
    """House, room and file of a dotted name; what is missing is empty."""
    house, room, file, *_ = [*module.split("."), "", "", ""]
    return house, room, file


def _words(field: object) -> set[str]:
    # A field is its own descriptor's type until the contract is filled from its options.
    assert isinstance(field, set), "filled from the options"
    return field


def _lines(field: object) -> list[str]:
    assert isinstance(field, list), "filled from the options"
    return field
