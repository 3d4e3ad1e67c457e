"""What every `Keys` does: the fake, and the real one on a name server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol, cast

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from connectors.dns import DnsKeys
from mailagent.core.errors import KeysUnavailable
from mailagent.ports import Keys
from mailagent.testing import FakeKeys

KEY = "v=DKIM1; k=rsa; p=" + "A" * 300
NAME = "s1._domainkey.corp.test"
OTHER = "s2._domainkey.corp.test"
RECORDS = {
    NAME: [f'"{KEY[:200]}" "{KEY[200:]}"'],
    "beside.corp.test": ['"v=spf1 -all"', '"k=rsa; p=QUJD"'],
    "twice.corp.test": ['"p=QUJD"', '"p=REVG"'],
}


class NameServer(asyncio.DatagramProtocol):
    """Answers from RECORDS; knows of mx.corp.test, but has no text there."""

    silent = False
    fails = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if not self.silent:
            self.transport.sendto(self._answer(dns.message.from_wire(data)).to_wire(), addr)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA
        name = query.question[0].name
        texts = RECORDS.get(name.to_text(omit_final_dot=True), [])
        if self.fails:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif texts:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *texts))
        elif not name.to_text().startswith("mx."):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer


@pytest.fixture
async def name_server() -> AsyncIterator[tuple[NameServer, DnsKeys]]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    yield server, DnsKeys(["127.0.0.1"], port=port, timeout=0.3)
    transport.close()
    await asyncio.sleep(0)


class World(Protocol):
    """DNS, and the power to turn it off."""

    @property
    def keys(self) -> Keys: ...

    def fall_silent(self) -> None: ...


class Fake:
    def __init__(self) -> None:
        self.keys = FakeKeys({NAME: KEY})

    def fall_silent(self) -> None:
        self.keys.silent = True


class Real:
    def __init__(self, server: NameServer, keys: DnsKeys) -> None:
        self._server, self.keys = server, keys

    def fall_silent(self) -> None:
        self._server.silent = True


@pytest.fixture(params=["fake", "dns"])
def world(request: pytest.FixtureRequest, name_server: tuple[NameServer, DnsKeys]) -> World:
    return Fake() if request.param == "fake" else Real(*name_server)


async def test_a_long_key_is_joined(world: World) -> None:
    assert await world.keys.record(NAME) == KEY


async def test_no_key_is_none(world: World) -> None:
    assert await world.keys.record(OTHER) is None


async def test_a_name_that_has_no_text_is_none(world: World) -> None:
    assert await world.keys.record("mx.corp.test") is None


@pytest.mark.parametrize("name", ["a..b", "x" * 70 + "._domainkey.corp.test", "é" * 300])
async def test_what_cannot_be_a_name_is_none(world: World, name: str) -> None:
    assert await world.keys.record(name) is None


async def test_silence_is_not_an_answer(world: World) -> None:
    world.fall_silent()
    with pytest.raises(KeysUnavailable, match="s1"):
        await world.keys.record(NAME)


async def test_a_failing_server_is_not_an_answer(
    name_server: tuple[NameServer, DnsKeys],
) -> None:
    server, keys = name_server
    server.fails = True
    with pytest.raises(KeysUnavailable):
        await keys.record(NAME)


async def test_the_key_is_found_beside_other_texts(
    name_server: tuple[NameServer, DnsKeys],
) -> None:
    assert await name_server[1].record("beside.corp.test") == "k=rsa; p=QUJD"


async def test_two_keys_are_no_key(name_server: tuple[NameServer, DnsKeys]) -> None:
    assert await name_server[1].record("twice.corp.test") is None
