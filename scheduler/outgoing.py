"""The one door to other machines: allow-listed hosts, resolved once and pinned, no redirects, never inwards.

A name that resolves into a private network is refused unless that very address is listed as well: else
whoever controls the name could reach what only this machine can.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from scheduler.errors import Refusal

PORTS = {"https": 443, "http": 80}
TIMEOUT_SECONDS = 10
DEADLINE_SECONDS = 20
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class HostNotAllowed(Refusal):
    """An address outside the list, or one that leads inwards."""

    status = 422
    code = "host_not_allowed"
    zh = "不能向“{host}”发送：须为 https 地址，且主机已列入本站的 WEBHOOK_HOSTS。"
    en = "Nothing is sent to “{host}”: it must be https and a host listed in this site's WEBHOOK_HOSTS."


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is sent: the parts of an address that was checked against the list."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str, allowed: Collection[str]) -> Target:
    """Return the parts of an address; raises HostNotAllowed.

    `allowed` lists hosts, each with its port unless that is the usual one; plain http is for listed
    numeric addresses only, such as a receiver on the same machine.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise HostNotAllowed(host="?") from error
    listed = not url.count("@") and _is_listed(host, port, parts.scheme, allowed)
    if not listed or (parts.scheme != "https" and _numeric(host) is None):
        raise HostNotAllowed(host=host or "?")
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def send(target: Target, *, body: bytes, headers: Mapping[str, str], allowed: Collection[str]) -> int:
    """Post a body and return the status; a redirect is an answer like any other, and is not followed.

    Raises HostNotAllowed when the name leads inwards, OSError or http.client.HTTPException when it fails.
    """
    address = _resolved(target, allowed)
    raw = socket.create_connection((address, target.port), TIMEOUT_SECONDS)
    ending = threading.Timer(DEADLINE_SECONDS, _shut, [raw])  # one octet a second would last for ever
    ending.daemon = True
    ending.start()
    try:
        connection = http.client.HTTPConnection(target.host, target.port, timeout=TIMEOUT_SECONDS)
        connection.sock = _secured(raw, target)
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        ending.cancel()
        raw.close()


def _secured(raw: socket.socket, target: Target) -> socket.socket:
    if target.scheme == "http":
        return raw
    return ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)


def _shut(raw: socket.socket) -> None:
    with suppress(OSError):
        raw.shutdown(socket.SHUT_RDWR)


def _resolved(target: Target, allowed: Collection[str]) -> str:
    """Return one address of the host, to which the connection is then made and no other."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not (_leads_out(address) or _is_listed(address, target.port, target.scheme, allowed)):
            raise HostNotAllowed(host=target.host)
    return addresses[0]


def _is_listed(host: str, port: int, scheme: str, allowed: Collection[str]) -> bool:
    named = f"[{host}]" if ":" in host else host
    return f"{named}:{port}" in allowed or (port == PORTS.get(scheme) and named in allowed)


def _numeric(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _leads_out(text: str) -> bool:
    """Tell whether an address lies in the public net, and what it may carry inside as well."""
    address = _numeric(text)
    if address is None:
        return False
    inner: Address | None = None
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    public = address.is_global and not address.is_multicast
    return public and (inner is None or (inner.is_global and not inner.is_multicast))
