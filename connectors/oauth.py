"""Signing in with OAuth: a grant that a person gave once, and the short-lived tokens it buys.

Blocking, as the mail connections that use it work in threads of their own. The grant lives in one
file, which is written before a token that it brought is used: a server that rotates refresh
tokens takes the old one away in the moment in which it hands out the new one.
"""

import base64
import hashlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from pydantic import Field, ValidationError

from connectors.disk import one_at_a_time, write_durably
from mailagent.core.errors import ConfigInvalid, MailboxRefused, MailboxUnavailable
from mailagent.core.value import Value

_TIMEOUT = 20.0
_EARLY = timedelta(seconds=90)  # a token is not used up to its last second
_OTHERS_MAY = 0o077
_WAIT = 5.0  # seconds between questions, where the server names none (RFC 8628)
_SLOWER = 5.0
_TEN_YEARS = 10 * 365 * 86_400
_ILL = ("temporarily_unavailable", "server_error")  # RFC 6749: for now, whatever the status
Now = Callable[[], datetime]


class Provider(Value):
    """Where one provider's doors are, and what we ask for."""

    name: str
    authorize: str = ""
    device: str = ""
    token: str
    scope: str
    extra: dict[str, str] = Field(default_factory=dict)  # what this provider wants besides


class Grant(Value):
    """What a person allowed, and the token it bought last."""

    provider: str
    client_id: str
    client_secret: str = Field(default="", repr=False)
    token_url: str
    scope: str
    refresh_token: str = Field(repr=False)
    access_token: str = Field(default="", repr=False)
    expires_at: datetime
    granted_at: datetime
    ends_at: datetime | None = None  # of the grant itself, where the provider says so

    def ending(self, now: datetime, within: timedelta) -> bool:
        """Whether the grant itself ends soon: then a person has to sign in anew."""
        return self.ends_at is not None and self.ends_at - now < within


class Tokens:
    """Access tokens for one mailbox, bought anew when they are about to end."""

    def __init__(self, path: Path, now: Now) -> None:
        self._path, self._now = path, now
        self._turn = threading.Lock()

    def __call__(self, refused: str = "") -> str:
        """A token that is good for a while; never the one that a server has just refused."""
        with self._turn:
            grant = read_grant(self._path)
            return grant.access_token if self._serves(grant, refused) else self._exchanged(refused)

    def _serves(self, grant: Grant, refused: str) -> bool:
        fresh = grant.access_token and grant.expires_at - self._now() > _EARLY
        return bool(fresh) and grant.access_token != refused

    def _exchanged(self, refused: str) -> str:
        """One program at a time: a server that rotates takes a token that comes twice for stolen,
        and the grant away with it.
        """
        with one_at_a_time(self._path):
            grant = read_grant(self._path)
            if not self._serves(grant, refused):  # nobody was quicker
                grant = _refreshed(grant, self._now())
                _write(self._path, grant)  # before it is used: the old one may be void by now
            return grant.access_token


def read_grant(path: Path) -> Grant:
    """The grant. Raises ConfigInvalid where there is none, or others can read it."""
    try:
        if path.stat().st_mode & _OTHERS_MAY:
            what = f"Others on this machine can read {path}"
            raise ConfigInvalid(what, advice=f"Run: chmod 600 {path}")
        return Grant.model_validate_json(path.read_bytes())
    except OSError as error:
        what = f"{path} cannot be read ({error.strerror})"
        raise ConfigInvalid(what, advice="Run `mailagent login`.") from None
    except ValidationError:
        raise ConfigInvalid(f"{path} is damaged", advice="Run `mailagent login`.") from None


def write_grant(path: Path, grant: Grant) -> None:
    """What a person has just given; nothing that is being exchanged is written over it."""
    with one_at_a_time(path):
        _write(path, grant)


def _write(path: Path, grant: Grant) -> None:
    """All or nothing, durable, and readable by nobody else at any moment."""
    before = os.umask(0o077)
    try:
        write_durably(path, grant.model_dump_json(indent=1).encode())
    finally:
        os.umask(before)


def _refreshed(grant: Grant, now: datetime) -> Grant:
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
        answer = _asked(
            client,
            grant.token_url,
            {
                "grant_type": "refresh_token",
                "refresh_token": grant.refresh_token,
                "scope": grant.scope,
                **_who(grant.client_id, grant.client_secret),
            },
        )
    if _has_token(answer):
        return _with(grant, answer, now)
    raise _refused(grant, answer)


def _refused(grant: Grant, answer: Mapping[str, Any]) -> MailboxRefused:
    """`invalid_grant` is a grant that ended: revoked, expired, or a changed password."""
    why = _said(answer)
    over = "" if answer.get("error") != "invalid_grant" else " It was revoked, or it ended."
    days = (grant.ends_at - grant.granted_at).days if grant.ends_at else 0
    testing = f" Grants of this app end after {days} days (docs)." if days else ""
    return MailboxRefused(
        f"{grant.provider} does not renew the sign-in: {why}.{over}{testing}",
        advice=f"Run `mailagent login {grant.provider}` again; nothing is lost meanwhile.",
    )


def _with(grant: Grant, answer: Mapping[str, Any], now: datetime) -> Grant:
    """What an answer changes. A refresh token that is not sent anew stays good."""
    lasts = _seconds(answer.get("refresh_token_expires_in"))
    return grant.model_copy(
        update={
            "access_token": str(answer["access_token"]),
            "expires_at": now + timedelta(seconds=_seconds(answer.get("expires_in")) or 3600),
            "refresh_token": str(answer.get("refresh_token") or grant.refresh_token),
            "ends_at": now + timedelta(seconds=lasts) if lasts else grant.ends_at,
        }
    )


def _has_token(answer: Mapping[str, Any]) -> bool:
    token = answer.get("access_token")
    return isinstance(token, str) and token != ""


def _seconds(value: object) -> int:
    """0 for what is no number of seconds, or none that anybody means."""
    said = str(value) if isinstance(value, int | str) else ""
    return min(int(said), _TEN_YEARS) if re.fullmatch("[0-9]{1,12}", said) else 0


def _asked(client: httpx.Client, url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """What the server answers, also when it says no. Raises MailboxUnavailable when it is ill."""
    try:
        answer = client.post(url, data=dict(form))
        said = answer.json() if answer.content else {}
    except (httpx.HTTPError, ValueError) as error:
        host = urlsplit(url).hostname
        why = f"The sign-in at {host} cannot be reached ({type(error).__name__})"
        raise MailboxUnavailable(why) from error
    if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise MailboxUnavailable(f"The sign-in answers {answer.status_code}")
    if not isinstance(said, dict) or not said:  # no word of OAuth: something stands in between
        raise MailboxUnavailable(f"The sign-in answers {answer.status_code} and nothing usable")
    if said.get("error") in _ILL:
        raise MailboxUnavailable(f"The sign-in is ill: {_said(said)}")
    return said


def _said(answer: Mapping[str, Any]) -> str:
    text = str(answer.get("error_description") or answer.get("error") or "no reason was given")
    return text.splitlines()[0][:300].rstrip(".")


def _who(client_id: str, client_secret: str) -> dict[str, str]:
    return {"client_id": client_id} | ({"client_secret": client_secret} if client_secret else {})


# --- how a person gives a grant ---


class Client(Value):
    """The app that asks, as it is registered with the provider."""

    id: str
    secret: str = Field(default="", repr=False)


class DeviceCode(Value):
    """What a person types on any other machine."""

    user_code: str
    where: str
    device_code: str = Field(repr=False)
    seconds: float
    until: datetime


def device_code(provider: Provider, client: Client, now: Now) -> DeviceCode:
    """Asks for a code that a person can type (RFC 8628)."""
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as web:
        form = {"client_id": client.id, "scope": provider.scope}
        answer = _asked(web, provider.device, form)
    if "device_code" not in answer:
        raise _no(provider, answer)
    return DeviceCode(
        user_code=str(answer.get("user_code", "")),
        where=str(answer.get("verification_uri") or answer.get("verification_url") or ""),
        device_code=str(answer["device_code"]),
        seconds=float(_seconds(answer.get("interval")) or _WAIT),
        until=now() + timedelta(seconds=_seconds(answer.get("expires_in")) or 900),
    )


def await_device(
    provider: Provider,
    client: Client,
    code: DeviceCode,
    *,
    now: Now,
    pause: Callable[[float], None] = time.sleep,
) -> Grant:
    """Asks until the person has agreed, has said no, or the code has ended."""
    seconds = code.seconds
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": code.device_code,
        **_who(client.id, client.secret),
    }
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as web:
        while now() < code.until:
            pause(seconds)
            try:
                answer = _asked(web, provider.token, form)
            except MailboxUnavailable:  # the person may be typing the code just now
                seconds += _SLOWER
                continue
            if _has_token(answer):
                return _granted(provider, client, answer, now())
            if answer.get("error") == "slow_down":
                seconds += _SLOWER
            elif answer.get("error") != "authorization_pending":
                raise _no(provider, answer)
    raise MailboxRefused("The code has ended before anybody agreed", advice="Start again.")


class Redirect:
    """A sign-in in a browser, which comes back to this machine or is pasted (RFC 8252, PKCE)."""

    def __init__(self, provider: Provider, client: Client, back_to: str) -> None:
        self._provider, self._client, self._back_to = provider, client, back_to
        self._state, self._proof = secrets.token_urlsafe(24), secrets.token_urlsafe(48)

    @property
    def url(self) -> str:
        """What the person opens."""
        digest = hashlib.sha256(self._proof.encode()).digest()
        asked = {
            "client_id": self._client.id,
            "redirect_uri": self._back_to,
            "response_type": "code",
            "scope": self._provider.scope,
            "state": self._state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            **self._provider.extra,
        }
        return f"{self._provider.authorize}?{urlencode(asked)}"

    def grant(self, came_back: str, now: Now) -> Grant:
        """From the address the browser ended at. Raises MailboxRefused for any other."""
        given = {key: values[0] for key, values in parse_qs(urlsplit(came_back).query).items()}
        if "error" in given:
            raise _no(self._provider, given)
        if not secrets.compare_digest(given.get("state", "").encode(), self._state.encode()):
            what = "That address does not belong to this sign-in"
            raise MailboxRefused(what, advice="Paste the whole address of the last page.")
        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as web:
            answer = _asked(
                web,
                self._provider.token,
                {
                    "grant_type": "authorization_code",
                    "code": given.get("code", ""),
                    "redirect_uri": self._back_to,
                    "code_verifier": self._proof,
                    **_who(self._client.id, self._client.secret),
                },
            )
        if not _has_token(answer):
            raise _no(self._provider, answer)
        return _granted(self._provider, self._client, answer, now())


def _granted(provider: Provider, client: Client, answer: Mapping[str, Any], now: datetime) -> Grant:
    if not answer.get("refresh_token"):
        raise MailboxRefused(
            f"{provider.name} gave no refresh token: the sign-in would end within the hour",
            advice="Take the app's access away in your account, and sign in again.",
        )
    bare = Grant(
        provider=provider.name,
        client_id=client.id,
        client_secret=client.secret,
        token_url=provider.token,
        scope=provider.scope,
        refresh_token="",
        expires_at=now,
        granted_at=now,
    )
    return _with(bare, answer, now)


def _no(provider: Provider, answer: Mapping[str, Any]) -> MailboxRefused:
    return MailboxRefused(
        f"{provider.name} said no: {_said(answer)}",
        advice="Check the app's client id and what it may do, then run `mailagent login` again.",
    )


@contextmanager
def landing(timeout: float) -> "Iterator[Landing]":
    """A page on this machine that a browser is sent back to."""
    page = Landing(timeout)
    try:
        yield page
    finally:
        page.close()


class Landing:
    """Listens on loopback for one visit."""

    def __init__(self, timeout: float) -> None:
        import http.server

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(page) -> None:  # noqa: N805 - `self` is the outer one
                if "state=" in page.path:
                    self.came_back = page.path
                page.send_response(200)
                page.send_header("Content-Type", "text/plain; charset=utf-8")
                page.end_headers()
                page.wfile.write(b"Signed in. You can close this page and go back.\n")

            def log_message(page, *_: object) -> None:  # noqa: N805
                """Nothing: the address holds the code."""

        self.came_back = ""
        self._server = http.server.HTTPServer(("127.0.0.1", 0), Page)
        self._server.timeout = 0.5
        self._until = time.monotonic() + timeout

    @property
    def address(self) -> str:
        """Where the browser is sent back to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def wait(self) -> str:
        """What the browser came back with; empty when it never came."""
        while not self.came_back and time.monotonic() < self._until:
            self._server.handle_request()
        return self.came_back

    def close(self) -> None:
        """Frees the port."""
        self._server.server_close()
