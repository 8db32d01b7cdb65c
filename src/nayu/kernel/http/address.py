"""Whose address a request comes from, when proxies of ours stand before us."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_ours(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def client_address(request: HttpRequest) -> Address | None:
    """
    The nearest address that is not one of our proxies; ``None`` on a Unix socket.

    ``X-Forwarded-For`` is read from its end, and only as far as proxies of ours wrote it: what
    stands before them is whatever the client liked to write.
    """
    address = _read(request.META.get("REMOTE_ADDR", ""))
    said = request.headers.get("X-Forwarded-For", "").split(",")
    while said and address is not None and _is_ours(address):
        before = _read(said.pop())
        if before is None:
            break
        address = before
    return address
