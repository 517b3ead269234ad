"""Tests that nothing is sent to a host that is not listed, nor inwards by a listed one."""

import socket
from typing import Any

import pytest

from scheduler.outgoing import HostNotAllowed, send, target_of

LISTED = {"hooks.example.cn", "hooks.example.cn:8443", "127.0.0.1:9000", "[::1]:9000"}
INWARDS = (
    *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1"),
    *("2001:0:4136:e378:8000:63bf:80ff:fffe", "255.255.255.255", "192.0.2.1"),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.cn/a?b=c",
        "https://hooks.example.cn:443/",
        "https://hooks.example.cn:8443",
        "http://127.0.0.1:9000/x",
        "http://[::1]:9000/x",
    ],
)
def test_what_is_listed_is_allowed(url: str) -> None:
    assert target_of(url, LISTED).path.startswith("/")


@pytest.mark.parametrize(
    "url",
    [
        *("http://hooks.example.cn/", "https://hooks.example.cn:9999/", "https://evil.example.cn/"),
        *(
            "https://hooks.example.cn.evil.cn/",
            "https://hooks.example.cn@evil.cn/",
            "ftp://hooks.example.cn/",
        ),
        *("https://a:b@hooks.example.cn/", "//hooks.example.cn/", "hooks.example.cn", "", "https://"),
        *(
            "http://127.0.0.1:9001/",
            "http://2130706433:9000/",
            "http://0x7f.1:9000/",
            "http://localhost:9000/",
        ),
        *(
            "https://hooks.example.cn:99999/",
            "https://[::1/",
            "file:///etc/passwd",
            "https://hooks.example.cn.",
        ),
    ],
)
def test_what_is_not_listed_is_refused(url: str) -> None:
    with pytest.raises(HostNotAllowed):
        target_of(url, LISTED)


@pytest.mark.parametrize("address", INWARDS)
def test_a_listed_name_that_leads_inwards_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def resolve(*_: Any, **__: Any) -> list[Any]:  # noqa: ANN401
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    def connect(*_: Any) -> None:  # noqa: ANN401
        pytest.fail("connected")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(HostNotAllowed):
        send(target_of("https://hooks.example.cn/", LISTED), body=b"", headers={}, allowed=LISTED)


def test_a_name_is_resolved_once_and_the_connection_made_to_that_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:  # noqa: ANN401
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]

    def connect(place: tuple[str, int], *_: Any) -> None:  # noqa: ANN401
        raise ConnectionRefusedError(f"{place}")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError, match=r"93\.184\.216\.34"):
        send(target_of("https://hooks.example.cn/", LISTED), body=b"", headers={}, allowed=LISTED)
    assert asked == ["hooks.example.cn"]
