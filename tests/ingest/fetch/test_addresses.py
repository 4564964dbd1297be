from ipaddress import ip_address, ip_network

import pytest

from ingest.fetch.addresses import OWN_NETWORK, AddressPolicy

PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2002:5db8:d70e::1"]
OWN = ["127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.9.9", "192.168.1.1", "100.64.0.1", "::1", "fd12::1"]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.5",
    "100.100.100.200",
    "::",
    "fe80::1",
    "ff02::1",
    "fd00:ec2::254",
    "2001:db8::1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
]
CARRIED = ["::ffff:127.0.0.1", "::ffff:10.1.1.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert AddressPolicy().objection(ip_address(address)) is None


@pytest.mark.parametrize("address", OWN + NEVER + CARRIED)
def test_all_others_may_not(address: str) -> None:
    assert AddressPolicy().objection(ip_address(address))


@pytest.mark.parametrize("address", [*OWN, "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_ones_own_network_may_be_asked_where_that_is_allowed(address: str) -> None:
    assert AddressPolicy(OWN_NETWORK).objection(ip_address(address)) is None


@pytest.mark.parametrize("address", NEVER)
def test_no_permission_covers_metadata_services_and_what_is_no_host(address: str) -> None:
    assert AddressPolicy(OWN_NETWORK).objection(ip_address(address))


def test_a_single_network_can_be_allowed() -> None:
    policy = AddressPolicy((ip_network("127.0.0.2/32"),))
    assert policy.objection(ip_address("127.0.0.2")) is None
    assert policy.objection(ip_address("127.0.0.1")) == "is a loopback address"
