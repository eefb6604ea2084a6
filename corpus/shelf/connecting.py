"""Connections that end in time and, where they are to, reach nothing but the open internet."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx


class InsideError(Exception):
    """An address is of this computer or of the network it stands in."""


class CertificateError(Exception):
    """A server does not prove that it is the one whose name was asked for."""


@dataclass(frozen=True)
class Limits:
    """What connections keep to: a deadline, by ``time.monotonic``, and whether they may reach what is ``inside``."""

    deadline: float
    inside: bool

    def left(self, timeout: float | None = None) -> float:
        """Seconds that the next step may take; raises ``httpcore.TimeoutException`` where none are left."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return seconds if timeout is None else min(seconds, timeout)


def limits_for(url: httpx.URL, deadline: float) -> Limits:
    """Limits for what a URL leads to: who names an address of their own network means it; else nothing leads in.

    Raises:
        OSError: it leads nowhere.
    """
    addresses = _named(url.host) if _proxy(url) else _addresses(url.host, url.port or 0)
    return Limits(deadline, inside=not all(map(_is_open, addresses)))


def connections(url: httpx.URL, limits: Limits) -> httpcore.ConnectionPool:
    """What to ask for a URL with, by way of the proxy that this computer is set to use, if it is.

    Raises:
        InsideError: the URL names an address that may not be reached.
    """
    tls, proxy = httpx.create_ssl_context(), _proxy(url)
    if proxy is None:
        return httpcore.ConnectionPool(ssl_context=tls, network_backend=_Network(limits))
    if not limits.inside and not all(map(_is_open, _named(url.host))):
        raise InsideError(url.host)
    network = _Network(Limits(limits.deadline, inside=True))
    return httpcore.HTTPProxy(proxy, ssl_context=tls, network_backend=network)


def _proxy(url: httpx.URL) -> str | None:
    proxy = None if proxy_bypass(url.host) else getproxies().get(url.scheme)
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


class _Network(httpcore.NetworkBackend):
    """Connects to the very addresses that it looked at, so that a name cannot lead elsewhere the second time."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._network = limits, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            addresses = _addresses(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not self._limits.inside and not all(map(_is_open, addresses)):
            raise InsideError(host)
        for address in addresses[:-1]:
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(addresses[-1], port, timeout, local_address, socket_options)

    def _connected(self, address: str, port: int, timeout: float | None, *more: Any) -> httpcore.NetworkStream:
        return _Stream(self._network.connect_tcp(address, port, self._limits.left(timeout), *more), self._limits)


class _Stream(httpcore.NetworkStream):
    """A stream of which no step goes beyond the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, limits: Limits) -> None:
        self._stream, self._limits = stream, limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._limits.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._limits.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            within = self._stream.start_tls(ssl_context, server_hostname, self._limits.left(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise CertificateError(str(error)) from error
            raise
        return _Stream(within, self._limits)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host!r} is no name of a host") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _named(host: str) -> list[str]:
    """The address that a name itself says; none for other names, which only the proxy looks up."""
    plain = host.rstrip(".").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        return ["127.0.0.1"]
    try:
        return [str(ipaddress.ip_address(plain))]
    except ValueError:
        pass
    try:
        # Such as 2130706433 and 0x7f.1.
        return [socket.inet_ntoa(socket.inet_aton(plain))]
    except (OSError, UnicodeError):
        return []


def _is_open(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    plain = getattr(found, "ipv4_mapped", None) or found
    return bool(plain.is_global and not plain.is_multicast)
