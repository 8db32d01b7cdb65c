"""
Who may do what: the mechanism.

A module's ``policy.py`` declares its permissions and the roles that hold them; who holds a role,
where and until when, is data of ``people``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])

#: The roles of the house plan, section 6. ``everyone`` is held by guests too.
ROLES = frozenset(
    {
        "everyone",
        "citizen",
        "volunteer",
        "clerk",
        "officer",
        "nurse",
        "care_manager",
        "council_secretary",
        "head",
        "publisher",
        "auditor",
        "data_protection_officer",
        "lao_administrator",
        "operator",
        "system",
    }
)


class UnknownRole(Exception):
    """A policy names a role that nobody can hold."""


class UnknownPermission(Exception):
    """A right was asked for that no policy declares, or declared twice."""


@dataclass(frozen=True, slots=True)
class Permission:
    code: str
    roles: frozenset[str]

    def __str__(self) -> str:
        return self.code


class Actor(Protocol):
    """Whoever acts: a person, a guest, or a named part of the system."""

    @property
    def code(self) -> str:
        """Names the actor in the audit without saying who she is, e.g. ``person:0190…``."""

    @property
    def roles(self) -> frozenset[str]:
        """Roles held now in the LAO in scope."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who has not signed in."""

    code: str = "guest"
    roles: frozenset[str] = frozenset({"everyone"})


@dataclass(frozen=True, slots=True)
class System:
    """A part of Nayu that acts on its own: a sweeper, an importer, the demo."""

    name: str

    @property
    def code(self) -> str:
        return f"system:{self.name}"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({"everyone", "system"})


class ActorRequest(HttpRequest):
    """A request whose actor is known; the middleware puts it there."""

    actor: Actor


class NotAllowed(PermissionDenied):
    """None of the actor's roles holds the right."""

    def __init__(self, by: Actor, right: Permission) -> None:
        super().__init__(right.code)
        self.by = by
        self.right = right


_known: dict[str, Permission] = {}


def permission(code: str, *, roles: tuple[str, ...]) -> Permission:
    """
    Declare a right, at import time of ``policy.py``.

    :raises UnknownRole: a role that is not in :data:`ROLES`.
    :raises UnknownPermission: the code is declared already.
    """
    strangers = set(roles) - ROLES
    if strangers:
        raise UnknownRole(f"{code}: nobody can hold {sorted(strangers)}")
    if code in _known:
        raise UnknownPermission(f"{code} is declared twice")
    _known[code] = Permission(code, frozenset(roles))
    return _known[code]


def known_permissions() -> tuple[Permission, ...]:
    return tuple(_known.values())


def _must_be_declared(right: Permission) -> None:
    if _known.get(right.code) is not right:
        raise UnknownPermission(f"{right} is declared by no policy")


def can(by: Actor, right: Permission) -> bool:
    """:raises UnknownPermission: the right was not declared by a policy."""
    _must_be_declared(right)
    return not right.roles.isdisjoint(by.roles)


def require(by: Actor, right: Permission) -> None:
    """:raises NotAllowed: none of the actor's roles holds the right."""
    if not can(by, right):
        raise NotAllowed(by, right)


def requires(right: Permission) -> Callable[[View], View]:
    """
    A view that only holders of the right may enter.

    :raises UnknownPermission: at import, so that a wrong name never reaches a person.
    """
    _must_be_declared(right)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.actor, right)
            return view(request, *args, **kwargs)

        guarded.__dict__["required_right"] = right
        return cast("View", guarded)

    return decorate


def right_of(view: Callable[..., HttpResponse]) -> Permission | None:
    """The right that guards a view; ``None`` when it is open."""
    return view.__dict__.get("required_right")
