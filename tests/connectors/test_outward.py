"""A server that sends us on: to itself, into the open internet, or into our own network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from connectors.calendar.caldav import CalDavCalendar
from connectors.http import Exchange, HttpServer, ServerAway, ServerRefused
from connectors.outward import LedInside, Outward, is_public
from mailagent.testing import FakeClock
from tests.connectors.calendar.test_contract import HereReader

INSIDE = """
    127.0.0.1 127.9.9.9 0.0.0.0 10.1.2.3 172.16.0.9 192.168.1.1 169.254.169.254 100.64.0.7
    192.0.0.1 198.18.0.1 224.0.0.251 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fe80::1%eth0 fd00::1 fec0::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1
    ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:a00:1::
    2001:0:4136:e378:8000:63bf:80ff:fffe localhost nonsense
"""
OUTSIDE = "8.8.8.8 1.1.1.1 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808"


@pytest.mark.parametrize("address", INSIDE.split())
def test_what_is_no_public_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_what_is_one(address: str) -> None:
    assert is_public(address)


class Site:
    """A server on this machine that remembers who came."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, list[str]()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def site(answer: Callable[[str], bytes]) -> AsyncIterator[Site]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        there.asked.append(head)
        writer.write(answer(head.split()[1]))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    there = Site(server.sockets[0].getsockname()[1])
    async with server:
        yield there


def said(body: str = "", status: str = "200 OK", **fields: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body.encode())}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def moved(to: str) -> Callable[[str], bytes]:
    return lambda path: said(status="302 Found", Location=to) if path == "/" else said("there")


async def test_to_itself_it_may_lead_wherever_it_stands() -> None:
    async with site(moved("/calendar.ics")) as own:
        answer = await Exchange(HttpServer(url=own.url("/"))).ask("GET", "")
    assert (answer.content, answer.url) == (b"there", own.url("/calendar.ics"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "REPORT"])
async def test_into_our_own_network_it_may_not(host: str, method: str) -> None:
    async with (
        site(lambda _: said("secret")) as other,
        site(moved(f"http://{host}:{other.port}/admin")) as own,
    ):
        server = HttpServer(url=own.url("/"), user="ann", password="secret")
        with pytest.raises(LedInside, match="no public address"):
            await Exchange(server).ask(method, "", content=b"x")
    assert (len(own.asked), other.asked) == (1, [])


HOMES = """\
<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>
<d:href>/</d:href><d:propstat><d:prop>
<d:current-user-principal><d:href>{found}</d:href></d:current-user-principal>
<c:calendar-home-set><d:href>{found}</d:href></c:calendar-home-set>
</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"""


async def test_nor_by_an_address_in_what_it_answers() -> None:
    """A calendar server names its entries; an absolute name is no way into the network."""
    async with site(lambda _: said("secret")) as other:
        found = f"http://127.0.0.1:{other.port}/home/"
        names = HOMES.format(found=found)
        async with site(lambda _: said(names, "207 Multi-Status")) as own:
            now = datetime(2026, 11, 28, 9, tzinfo=UTC)
            around = (FakeClock(), HereReader())
            calendar = CalDavCalendar("work", HttpServer(url=own.url("/")), around, home="UTC")
            with pytest.raises(LedInside):
                await calendar.events(now, now)
    assert own.asked
    assert not other.asked


def named(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


class Line(httpx.AsyncBaseTransport):
    """Takes down where a request goes instead of going there."""

    def __init__(self, away: Sequence[str] = ()) -> None:
        self.away, self.went = away, list[httpx.Request]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.went.append(request)
        if request.url.host in self.away:
            raise httpx.ConnectError("no way there")
        return httpx.Response(200, content=b"there")


async def asked(outward: Outward, url: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=outward, trust_env=False) as client:
        return await client.get(url)


OWN = httpx.URL("https://dav.example/")


async def test_what_was_looked_at_is_what_is_connected_to() -> None:
    """A name that answers otherwise the second time is never asked a second time."""
    line = Line()
    outward = Outward(OWN, resolve=named("8.8.8.8"), inner=line)
    answer = await asked(outward, "https://p42.example:8443/home/?a=1")
    (request,) = line.went
    assert str(request.url) == "https://8.8.8.8:8443/home/?a=1"
    assert request.headers["Host"] == "p42.example:8443"
    assert request.extensions["sni_hostname"] == "p42.example"
    assert str(answer.request.url) == "https://p42.example:8443/home/?a=1"


async def test_the_next_address_serves_where_one_is_away() -> None:
    line = Line(away=["2606:4700::1111"])
    outward = Outward(OWN, resolve=named("2606:4700::1111", "1.1.1.1"), inner=line)
    assert (await asked(outward, "https://p42.example/")).content == b"there"
    assert [request.url.host for request in line.went] == ["2606:4700::1111", "1.1.1.1"]


@pytest.mark.parametrize("found", [("8.8.8.8", "127.0.0.1"), ("10.0.0.1",), ("::1", "8.8.8.8"), ()])
async def test_one_address_inside_is_enough_to_refuse(found: Sequence[str]) -> None:
    line = Line()
    with pytest.raises(LedInside):
        await asked(Outward(OWN, resolve=named(*found), inner=line), "https://p42.example/")
    assert not line.went


async def test_the_owners_own_server_may_stand_inside() -> None:
    line = Line()
    outward = Outward(httpx.URL("https://nas.local/"), resolve=named(), inner=line)
    await asked(outward, "https://nas.local:443/dav")
    assert [str(request.url) for request in line.went] == ["https://nas.local/dav"]
    with pytest.raises(LedInside):  # another port of it is another server
        await asked(outward, "https://nas.local:5001/dav")


async def test_a_name_that_is_not_known_is_an_error_that_passes() -> None:
    async def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    line = Line()
    with pytest.raises(httpx.ConnectError):
        await asked(Outward(OWN, resolve=unknown, inner=line), "https://p42.example/")


async def test_an_address_that_is_none_is_said_so() -> None:
    with pytest.raises(ServerRefused, match="is no address"):
        await Exchange(HttpServer(url="https://dav.example:port/")).ask("GET", "")


async def test_a_closed_port_of_ones_own_is_only_away() -> None:
    async with site(lambda _: said()) as gone:
        pass
    with pytest.raises(ServerAway):
        await Exchange(HttpServer(url=gone.url("/"))).ask("GET", "")


async def test_a_password_that_is_wanted_elsewhere_is_not_given_there() -> None:
    """And the owner is told which address to write down."""
    went = list[httpx.Request]()

    def wants(request: httpx.Request) -> httpx.Response:
        went.append(request)
        return httpx.Response(401)

    server = HttpServer(url=str(OWN), user="ann", password="secret")
    exchange = Exchange(server, transport=httpx.MockTransport(wants))
    with pytest.raises(ServerRefused, match=r"leads to p42.example, which asks who we are"):
        await exchange.ask("GET", "https://p42.example/home/")
    with pytest.raises(ServerRefused, match="does not let us in"):
        await exchange.ask("GET", "/home/")
    assert ["Authorization" in request.headers for request in went] == [False, True]
