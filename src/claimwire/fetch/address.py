"""Which addresses may be connected to: none on a private network, whatever name or spelling leads there."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from claimwire.errors import BlockedAddress

PORTS = {"http": 80, "https": 443}

# Addresses that carry an IPv4 address inside (RFC 6052 and its local-use sibling RFC 8215).
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))

# IETF protocol assignments and documentation: how much of it counts as global differs between Pythons.
_NEVER = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))


def is_public(address: str) -> bool:
    """Whether a numeric address is on the open internet.

    Mapped, NAT64, 6to4 and Teredo addresses are judged by the IPv4 address inside them too.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_plainly_public, _unwrap(ip)))


def _is_plainly_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(ip, ipaddress.IPv4Address) and any(ip in network for network in _NEVER):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _unwrap(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if any(ip in network for network in _NAT64):
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    if ip.sixtofour:
        return [ip, ip.sixtofour]
    if ip.teredo:
        return [ip, *ip.teredo]
    return [ip]


def check_url(url: str, allowed_hosts: Collection[str] = ()) -> str:
    """The URL's host, lower-case.

    Raises:
        BlockedAddress: a scheme other than http(s), a port other than the scheme's own, a user name,
            or no host at all. Hosts of the allow-list may use any port.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise BlockedAddress(f"{url!r} is no address") from error
    if parts.scheme not in PORTS:
        raise BlockedAddress(f"{parts.scheme or 'no'} scheme in {url!r}: only http and https are fetched")
    if not host:
        raise BlockedAddress(f"no host in {url!r}")
    if parts.username is not None or parts.password is not None:
        raise BlockedAddress(f"a user name in an address of {host}: name it under `credentials`")
    if port not in {None, PORTS[parts.scheme]} and host not in allowed_hosts:
        raise BlockedAddress(f"port {port} of {host}: only 80 and 443 are fetched")
    return host


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what credentials are bound to."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme)
