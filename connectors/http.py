"""Servers that are spoken to over HTTP: what they answer becomes an error of ours, once, here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import httpx

from mailagent.core.errors import Permanent, Transient, Unreadable

_SIGN_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.LOCKED, HTTPStatus.INSUFFICIENT_STORAGE)
_LONGEST_WAIT = 3600  # seconds


class ServerAway(Transient):
    advice = "The agent tries again; look at the server if this lasts."


class ServerRefused(Permanent):
    advice = "Check the address, the user name and the password in mailagent.toml."


@dataclass(frozen=True, kw_only=True)
class HttpServer:
    """One account on one server."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0

    def client(self, **more: Any) -> httpx.AsyncClient:
        """Follows no redirect: the password is for this server alone."""
        login = httpx.BasicAuth(self.user, self.password) if self.user else None
        return httpx.AsyncClient(
            auth=login, timeout=self.timeout, follow_redirects=False, trust_env=False, **more
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
        raise ServerRefused(f"{where} is no address ({error})") from error


@contextmanager
def unreadable(where: str) -> Iterator[None]:
    """An answer that is no XML comes from something else than was expected there."""
    try:
        yield
    except Unreadable as error:
        raise ServerRefused(f"{where} does not answer as it should ({error.what})") from error


def accepted(answer: httpx.Response, *statuses: int) -> httpx.Response:
    """The answer, if it is a success or one of these; otherwise what its status means."""
    if answer.is_success or answer.status_code in statuses:
        return answer
    status, host = answer.status_code, answer.request.url.host
    said = f"{host} answers {status} {answer.reason_phrase} to {answer.request.method}"
    if status in _SIGN_IN:
        raise ServerRefused(f"{host} does not let us in ({status})")
    if answer.is_server_error or status in _LATER:
        raise ServerAway(said, retry_after=_retry_after(answer))
    raise ServerRefused(said)


def _retry_after(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), _LONGEST_WAIT)) if seconds.isdigit() else None
