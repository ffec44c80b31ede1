from __future__ import annotations

import pytest

from lib.outbound.addresses import is_reachable, parse_networks

PRIVATE_IPV4 = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1"),
    *("198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
]
PRIVATE_IPV6 = [
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "5f00::1"),
    *("2001:db8::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1::1", "3fff::1", "2620:4f:8000::1", "4000::1"),
]
# 127.0.0.1, 10.0.0.1 and 169.254.169.254 in an address of IPv6.
HIDDEN = {
    "compatible": ["::7f00:1", "::10.0.0.1", "::a9fe:a9fe"],
    "mapped": ["::ffff:127.0.0.1", "::ffff:a00:1", "::ffff:169.254.169.254"],
    "translated": ["::ffff:0:127.0.0.1", "::ffff:0:a00:1"],
    "6to4": ["2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1"],
    "Teredo": ["2001:0:4136:e378:8000:63bf:80ff:fffe", "2001::1"],
    "NAT64": ["64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe"],
    "NAT64 of a network": ["64:ff9b:1::127.0.0.1", "64:ff9b:1:abcd::a00:1"],
    "ISATAP": ["2a00:1450::5efe:127.0.0.1", "2a00:1450:4001:812:200:5efe:10.0.0.1"],
}
PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "192.167.255.255", "100.128.0.1", "198.20.0.1"),
    *("2606:4700:4700::1111", "2a00:1450:4001:812::200e", "2001:4860:4860::8888", "2620:4f:8001::1"),
    *("::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2a00:1450::5efe:8.8.8.8"),
]


@pytest.mark.parametrize("address", [*PRIVATE_IPV4, *PRIVATE_IPV6])
def test_a_private_or_special_address_is_not_reached(address: str) -> None:
    assert not is_reachable(address)


@pytest.mark.parametrize(("form", "address"), [(form, address) for form in HIDDEN for address in HIDDEN[form]])
def test_a_private_address_within_an_address_is_not_reached(form: str, address: str) -> None:
    assert not is_reachable(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_reached(address: str) -> None:
    assert is_reachable(address)


@pytest.mark.parametrize("text", ["", "localhost", "0x7f000001", "127.1", "10.0.0.1/8", "[::1]"])
def test_what_is_no_address_is_not_reached(text: str) -> None:
    assert not is_reachable(text)


@pytest.mark.parametrize("address", ["10.20.3.4", "::ffff:10.20.3.4", "64:ff9b::10.20.3.4", "fd12:3456::1"])
def test_an_allowed_network_is_reached_in_all_forms(address: str) -> None:
    assert is_reachable(address, parse_networks(["10.20.0.0/16", " fd12:3456::/32"]))


@pytest.mark.parametrize("address", ["10.21.0.1", "127.0.0.1", "fd12:3457::1", "::ffff:10.21.0.1"])
def test_an_allowed_network_opens_no_other(address: str) -> None:
    assert not is_reachable(address, parse_networks(["10.20.0.0/16", "fd12:3456::/32"]))


@pytest.mark.parametrize("network", ["intranet", "10.0.0.1/8", "10.0.0.0/33"])
def test_a_network_with_a_slip_is_not_taken_for_another(network: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_networks([network])
