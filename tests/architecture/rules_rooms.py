"""Rules over what a room shows: its services, templates, events and README."""

import ast
import re
from pathlib import PurePosixPath

from tests.architecture.house import FREE_FORM, PACKAGE, Function, House

LONGEST_README = 40
LONGEST_TEMPLATE = 120

_INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:"
    r"|<script\b(?![^>]*\bsrc=)|\|\s*safe\b|\{%\s*autoescape\s+off",
    re.IGNORECASE,
)
#: What the front-end build makes for everybody.
_BUILT = "dist"
_URL_NAME = re.compile(r"\{%\s*url\s+[\"']([\w-]+):")
_TEMPLATE_NAME = re.compile(r"\{%\s*(?:include|extends|static)\s+[\"']([\w-]+)/")
_VERB = re.compile(r"`make ([a-z-]+)|^\s*(?:\$ )?make ([a-z-]+)(?:\s+#.*)?$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def services_are_verbs(house: House) -> list[str]:
    """Keyword-only, by somebody, at a moment that comes in, atomic, and asking for the right."""
    return [
        f"{source.path}:{function.lineno} {function.name} {flaw}"
        for source in house.code
        if source.layer == "services" and source.room not in FREE_FORM
        for function in source.tree.body
        if isinstance(function, Function) and not function.name.startswith("_")
        for flaw in _flaws(function)
    ]


def _flaws(service: Function) -> list[str]:
    arguments = service.args
    keywords = {argument.arg for argument in arguments.kwonlyargs}
    flaws = [f"takes no {name}" for name in ("by", "now") if name not in keywords]
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        flaws.append("takes arguments without their names")
    if not any("atomic" in ast.unparse(decorator) for decorator in service.decorator_list):
        flaws.append("is not atomic")
    if not any(_requires_right(node) for node in ast.walk(service)):
        flaws.append("never calls require(by, …)")
    return flaws


def _requires_right(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "require"
        and bool(node.args)
        and ast.unparse(node.args[0]) == "by"
    )


def templates_are_short_and_plain(house: House) -> list[str]:
    found = []
    for name in house.templates:
        lines = house.text(name).splitlines()
        if len(lines) > LONGEST_TEMPLATE:
            found.append(f"{name} has {len(lines)} lines, more than {LONGEST_TEMPLATE}")
        found += [
            f"{name}:{number} carries a script, a style or unescaped text inline"
            for number, line in enumerate(lines, 1)
            if _INLINE.search(line)
        ]
    return found


def templates_name_their_own_room(house: House) -> list[str]:
    """``doors`` puts rooms together, and the kernel's components are everybody's."""
    found = []
    for name in house.templates:
        room = name.removeprefix(f"{PACKAGE}/").partition("/")[0]
        folder = name.partition("/templates/")[2].partition("/")[0]
        if room not in {"kernel", folder}:
            found.append(f"{name} lies in the folder of another room")
        if room == "doors":
            continue
        text = house.text(name)
        named = {*_URL_NAME.findall(text), *_TEMPLATE_NAME.findall(text)} - {room, "kernel", _BUILT}
        found += [f"{name} names {other}" for other in sorted(named)]
    return found


def every_room_has_a_short_readme(house: House) -> list[str]:
    found = []
    for room in ("kernel", *house.rooms):
        name = f"{PACKAGE}/{room}/README.md"
        lines = len(house.text(name).splitlines())
        if not lines:
            found.append(f"{name} is missing")
        elif lines > LONGEST_README:
            found.append(f"{name} has {lines} lines, more than {LONGEST_README}")
    return found


def every_event_is_told_in_the_readme(house: House) -> list[str]:
    return [
        f"{source.path}:{event.lineno} {event.name} has no row in the README of {source.room}"
        for source in house.code
        if source.layer == "events" and source.room not in FREE_FORM
        for event in source.tree.body
        if isinstance(event, ast.ClassDef) and not event.name.startswith("_")
        if not any(
            line.startswith("|") and f"`{event.name}`" in line
            for line in house.text(f"{PACKAGE}/{source.room}/README.md").splitlines()
        )
    ]


def named_make_verbs_exist(house: House) -> list[str]:
    verbs = set(re.findall(r"^([a-z][\w-]*)\s*:(?!=)", house.text("Makefile"), re.MULTILINE))
    return [
        f"{name} says `make {verb}`, which the Makefile does not know"
        for name in house.ending(".md")
        for verb in sorted({a or b for a, b in _VERB.findall(house.text(name))} - verbs)
    ]


def links_lead_somewhere(house: House) -> list[str]:
    found = []
    for name in house.ending(".md"):
        here = (house.root / name).parent
        found += [
            f"{name} links to {target}, which is not there"
            for target in _LINK.findall(house.text(name))
            if not (here / PurePosixPath(target)).exists()
        ]
    return found


RULES = (
    services_are_verbs,
    templates_are_short_and_plain,
    templates_name_their_own_room,
    every_room_has_a_short_readme,
    every_event_is_told_in_the_readme,
    named_make_verbs_exist,
    links_lead_somewhere,
)
