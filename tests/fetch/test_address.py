import pytest

from claimwire.errors import BlockedAddress
from claimwire.fetch.address import check_url, is_public, origin


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.254", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.1.2.3", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::9", "ff02::1", "ff0e::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:db8::1", "not-an-address", "",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.5.216.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_on_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://wire.example/x", "gopher://wire.example/", "wire.example/feed", "http://",
        "http:///feed", "http://wire.example:22/", "http://wire.example:8080/", "https://wire.example:80/",
        "http://user@wire.example/", "http://user:word@wire.example/", "http://[::1/", "http://wire.example:x/",
        "http://wire.example:99999/", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_odd_schemes_ports_and_logins_are_refused(url: str) -> None:
    with pytest.raises(BlockedAddress):
        check_url(url)


def test_the_host_comes_out_in_lower_case() -> None:
    assert check_url("https://WIRE.example/feed") == "wire.example"
    assert check_url("http://wire.example:80/feed") == "wire.example"


def test_an_allowed_host_may_use_any_port_but_no_other_scheme() -> None:
    assert check_url("http://intranet:8080/", {"intranet"}) == "intranet"
    with pytest.raises(BlockedAddress):
        check_url("ftp://intranet:8080/", {"intranet"})


def test_the_origin_knows_the_default_port() -> None:
    assert origin("https://Wire.example/a") == origin("https://wire.example:443/b")
    assert origin("https://wire.example/") != origin("http://wire.example/")
