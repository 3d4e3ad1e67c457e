"""Servers that are spoken to over HTTP: what they answer becomes an error of ours, once, here."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import NamedTuple, NoReturn

import httpx

from connectors.outward import Outward, origin
from mailagent.core.errors import Permanent, Transient, Unreadable
from mailagent.core.said import say

_SIGN_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.LOCKED, HTTPStatus.INSUFFICIENT_STORAGE)
_LONGEST_WAIT = 3600  # seconds
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
# These speak of what was asked for, and not of us.
_TELLING = (304, 404, 405, 409, 410, 412)


class ServerAway(Transient):
    advice = "The agent tries again; look at the server if this lasts."


class ServerRefused(Permanent):
    advice = "Check the address, the user name and the password in mailagent.toml."


@dataclass(frozen=True, kw_only=True)
class HttpServer:
    """One account on one server."""

    url: str = field(repr=False)  # that of a webhook is its secret
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0

    def client(self, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
        """Follows no redirect: the password is for this server alone."""
        return httpx.AsyncClient(
            auth=httpx.BasicAuth(self.user, self.password) if self.user else None,
            timeout=self.timeout,
            follow_redirects=False,
            trust_env=False,
            transport=transport or Outward(httpx.URL(self.url)),
        )


@contextmanager
def http_errors(where: str) -> Iterator[None]:
    """A line that breaks is an error that passes. Only for what may be done twice."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise ServerAway(f"{where} does not answer in time") from error
    except httpx.TransportError as error:
        raise ServerAway(f"{where} cannot be reached ({type(error).__name__})") from error
    except httpx.InvalidURL as error:
        why = say("failed.no_address", where=where)
        raise ServerRefused(f"{where} is no address ({error})", why=why) from error


@contextmanager
def unreadable(where: str) -> Iterator[None]:
    """An answer that is no XML comes from something else than was expected there."""
    try:
        yield
    except Unreadable as error:
        what = f"{where} does not answer as it should ({error.what})"
        raise ServerRefused(what, why=say("failed.answers_otherwise", where=where)) from error


def accepted(answer: httpx.Response, *statuses: int) -> httpx.Response:
    """The answer, if it is a success or one of these; otherwise what its status means."""
    if answer.is_success or answer.status_code in statuses:
        return answer
    status, host = answer.status_code, answer.request.url.host
    said = f"{host} answers {status} {answer.reason_phrase} to {answer.request.method}"
    if status in _SIGN_IN:
        why = say("failed.not_let_in", host=host, status=status)
        raise ServerRefused(f"{host} does not let us in ({status})", why=why)
    if answer.is_server_error or status in _LATER:
        raise ServerAway(said, retry_after=_retry_after(answer))
    told = f"{status} {answer.reason_phrase}"
    raise ServerRefused(said, why=say("failed.server_says", host=host, answer=told))


class Answer(NamedTuple):
    """What came back, whole."""

    status: int
    headers: httpx.Headers
    content: bytes
    url: str

    @property
    def ok(self) -> bool:
        """It did what was asked."""
        return 200 <= self.status < 300


class Exchange:
    """Questions to one server, each answer no larger than it may be.

    Redirects are followed, into the open internet only, and the password goes to the server that
    it is for and to no other.
    """

    def __init__(
        self,
        server: HttpServer,
        *,
        most_bytes: int = 20_000_000,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._server, self._most_bytes = server, most_bytes
        self._transport = transport

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Answer:
        """Raises ServerAway or ServerRefused; what says something about the thing is handed back.

        Never told is the whole address: a private one is a secret.
        """
        with http_errors(_host(self._server.url)):
            at = httpx.URL(self._server.url).join(url)
            async with self._server.client(self._transport) as client:
                for _ in range(_MOST_REDIRECTS):
                    answer = await self._once(client, method, at, headers or {}, content)
                    if answer.status not in _REDIRECTS:
                        return answer
                    at = _followed(at, answer)
        why = say("failed.circles", host=at.host)
        raise ServerRefused(f"{at.host} sends us in circles", why=why)

    async def _once(
        self,
        client: httpx.AsyncClient,
        method: str,
        at: httpx.URL,
        headers: Mapping[str, str],
        content: bytes | None,
    ) -> Answer:
        theirs = origin(at) == origin(httpx.URL(self._server.url))
        auth = httpx.USE_CLIENT_DEFAULT if theirs else None
        async with client.stream(method, at, headers=headers, content=content, auth=auth) as told:
            if not theirs and told.status_code in _SIGN_IN:
                self._lead_away(at.host)
            accepted(told, *_TELLING, *_REDIRECTS)
            return Answer(told.status_code, told.headers, await self._bounded(told), str(at))

    def _lead_away(self, to: str) -> NoReturn:
        """As iCloud does: its front door sends to the house in which the account lies."""
        host = _host(self._server.url)
        why = say("failed.password_elsewhere", host=host, to=to)
        raise ServerRefused(f"{host} leads to {to}, which asks who we are", why=why)

    async def _bounded(self, told: httpx.Response) -> bytes:
        body = bytearray()
        async for chunk in told.aiter_bytes():
            body += chunk
            if len(body) > self._most_bytes:
                most = self._most_bytes // 1_000_000
                why = say("failed.too_large", host=told.url.host, most=most)
                raise ServerRefused(f"What {told.url.host} sends is larger than {most} MB", why=why)
        return bytes(body)


def _host(url: str) -> str:
    """Also of what is no address; never its path, which may be the secret."""
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2]


def _followed(at: httpx.URL, answer: Answer) -> httpx.URL:
    to = at.join(answer.headers.get("location", ""))
    if at.scheme == "https" and to.scheme != "https":
        why = say("failed.open_line", host=at.host)
        raise ServerRefused(f"{at.host} leads from a safe line to an open one", why=why)
    return to


def _retry_after(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), _LONGEST_WAIT)) if seconds.isdigit() else None
