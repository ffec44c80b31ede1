"""Tell public addresses from those that lead into a private network, in every form that IPv6 has for IPv4.

Python's `is_global` alone is no guard: some IPv6 forms of a private IPv4 address count as global there, and ranges that
only relays, benchmarks or a cloud's own services use do too. Source: the special-purpose registries of IANA (RFC 6890).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SPECIAL_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # the services of Azure for a machine in it
    )
)
# Whatever is global lies in here.
GLOBAL_UNICAST = IPv6Network("2000::/3")
SPECIAL_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, benchmarking, ORCHID and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address behind a relay
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# IPv6 networks whose addresses end in an IPv4 address and lead to it.
TRANSLATED = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
# The second half of an ISATAP address: this, then an IPv4 address. Its seventh bit says whether that is unique.
ISATAP, ISATAP_MASK = 0x00005EFE, 0xFDFFFFFF


def is_reachable(address: str, networks: Iterable[Network] = ()) -> bool:
    """Tell whether a connection to an IP address may be made: it is public, or in a network that is allowed."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return is_allowed(parsed, networks) or _is_public(parsed)


def is_allowed(address: Address, networks: Iterable[Network]) -> bool:
    """Tell whether an address, or the IPv4 address that it is a form of, is in one of the networks."""
    embedded = _find_translated(address) if isinstance(address, IPv6Address) else None
    forms = [address] if embedded is None else [address, embedded]
    return any(form.version == network.version and form in network for form in forms for network in networks)


def parse_networks(networks: Sequence[str]) -> tuple[Network, ...]:
    """Return the networks of texts such as `10.0.0.0/8` or `fd00::/8`. Raise ValueError for one that is none."""
    return tuple(ip_network(network.strip()) for network in networks if network.strip())


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in SPECIAL_IPV4)
    if (translated := _find_translated(address)) is not None:
        return _is_public(translated)
    if address.scope_id or address not in GLOBAL_UNICAST or any(address in network for network in SPECIAL_IPV6):
        return False
    tunnelled = _find_isatap(address)
    return address.is_global and (tunnelled is None or _is_public(tunnelled))


def _find_translated(address: IPv6Address) -> IPv4Address | None:
    is_translated = any(address in network for network in TRANSLATED)
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_translated else None


def _find_isatap(address: IPv6Address) -> IPv4Address | None:
    is_isatap = int(address) >> 32 & ISATAP_MASK == ISATAP
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_isatap else None
