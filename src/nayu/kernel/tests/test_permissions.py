import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from nayu.kernel.permissions import (
    ActorRequest,
    Guest,
    Permission,
    System,
    UnknownPermission,
    UnknownRole,
    can,
    known_permissions,
    permission,
    require,
    requires,
    right_of,
)

LEND = permission("room.lend", roles=("clerk", "system"))


def test_a_holder_may_and_others_may_not() -> None:
    assert can(System("demo"), LEND)
    assert not can(Guest(), LEND)
    with pytest.raises(PermissionDenied, match=r"room\.lend"):
        require(Guest(), LEND)


def test_a_role_that_nobody_can_hold_is_an_error_at_start() -> None:
    with pytest.raises(UnknownRole, match="librarian"):
        permission("room.shelve", roles=("librarian",))


def test_a_right_declared_twice_is_an_error_at_start() -> None:
    with pytest.raises(UnknownPermission, match="twice"):
        permission("room.lend", roles=("clerk",))


def test_a_right_that_no_policy_declares_is_an_error_at_start() -> None:
    forged = Permission("room.lend", frozenset({"everyone"}))
    with pytest.raises(UnknownPermission):
        requires(forged)
    with pytest.raises(UnknownPermission):
        can(Guest(), forged)


def test_a_guarded_view_asks_first_and_says_what_guards_it() -> None:
    entered = []

    @requires(LEND)
    def lend(request: ActorRequest) -> HttpResponse:
        entered.append(request.actor.code)
        return HttpResponse()

    request = ActorRequest()
    request.actor = Guest()
    with pytest.raises(PermissionDenied):
        lend(request)
    assert entered == []
    assert right_of(lend) is LEND
    assert LEND in known_permissions()
