"""Which addresses may be asked: those of the open internet, and those of one's own network where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

OWN_NETWORK: tuple[Network, ...] = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"),
    )
)
"""Loopback and the private networks. Link-local is not among them: clouds answer there with their secrets."""

# Metadata services that lie in private networks; those at link-local addresses are refused with all of these.
_METADATA = frozenset(map(ip_address, ("100.100.100.200", "fd00:ec2::254", "fd20:ce::254")))
# Given out for protocols and not to hosts, though older Pythons take parts of them for public.
_PROTOCOLS = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("2001::/23"))
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Every public address may be asked, and of the others those in ``allowed``."""

    allowed: tuple[Network, ...] = ()

    def objection(self, address: Address) -> str | None:
        """Why ``address`` is not asked, as "is a loopback address", or None when it may be.

        An address that carries another in it (IPv4-mapped, 6to4, NAT64) is judged by that one too.
        """
        return next((found for one in _carried(address) if (found := self._objection(one))), None)

    def _objection(self, address: Address) -> str | None:
        if address in _METADATA:
            return "is a metadata service of a cloud"
        if any(address in network for network in self.allowed):
            return None
        return _kind(address)


def _carried(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped  # the same host by another name, so judged by that name alone
            return
        if address.sixtofour:
            yield address.sixtofour
        if any(address in network for network in _NAT64):
            yield IPv4Address(int(address) & 0xFFFFFFFF)
            return
    yield address


def _kind(address: Address) -> str | None:
    kinds = {
        "is no address of a host": address.is_unspecified,
        "is a loopback address": address.is_loopback,
        "is a link-local address": address.is_link_local,
        "is a multicast address": address.is_multicast,
        "is a reserved address": address.is_reserved or any(address in network for network in _PROTOCOLS),
        "is a private address": address.is_private or not address.is_global,
    }
    return next((kind for kind, true in kinds.items() if true), None)
