"""Where a server may send us: to itself, and into the open internet, never into our own network."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from mailagent.core.errors import Permanent
from mailagent.core.said import say

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

# An IPv4 address is written into the end of these by those who translate between both.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))


class LedInside(Permanent):
    advice = "If that is right, write the address it leads to into mailagent.toml."


class Outward(httpx.AsyncBaseTransport):
    """The server of the settings is trusted wherever it stands. Whatever else it names has to be
    public, and what was looked at is what is connected to: a name may not turn meanwhile.
    """

    def __init__(
        self,
        own: httpx.URL,
        *,
        resolve: Resolve | None = None,
        inner: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._own = own
        self._resolve = resolve or _resolve
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if origin(request.url) == origin(self._own):
            return await self._inner.handle_async_request(request)
        *others, last = await self._looked_at(request)
        for address in others:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._inner.handle_async_request(_bound(request, address))
        return await self._inner.handle_async_request(_bound(request, last))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _looked_at(self, request: httpx.Request) -> Sequence[str]:
        host = request.url.host
        try:
            found = await self._resolve(host, _port(request.url))
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        if found and all(is_public(address) for address in found):
            return found
        raise LedInside(
            f"{self._own.host} leads to {host}, which is no public address",
            why=say("failed.led_inside", host=self._own.host, to=host),
        )


def _bound(request: httpx.Request, address: str) -> httpx.Request:
    """To this very address; the name stays in the header Host and in what TLS asks for."""
    named = {"sni_hostname": request.url.host} if request.url.scheme == "https" else {}
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, **named},
    )


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """A scheme, a host and a port are one server."""
    return url.scheme, url.host, _port(url)


def is_public(address: str) -> bool:
    """Nothing of this machine or of its network, however it is written."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(found)
    if inner is not None:
        return is_public(str(inner))
    site = isinstance(found, IPv6Address) and found.is_site_local
    return found.is_global and not (found.is_multicast or found.is_reserved or site)


def _inside(found: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if isinstance(found, IPv4Address):
        return None
    if any(found in network for network in _TRANSLATED):
        return IPv4Address(int(found) & 0xFFFFFFFF)
    teredo = found.teredo
    return found.ipv4_mapped or found.sixtofour or (teredo[1] if teredo else None)


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


async def _resolve(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
