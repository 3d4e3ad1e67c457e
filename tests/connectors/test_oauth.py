"""Signing in with tokens that end, are exchanged for others, and are taken back."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors import oauth
from connectors.oauth import (
    Client,
    Grant,
    Redirect,
    Tokens,
    await_device,
    device_code,
    landing,
    read_grant,
    write_grant,
)
from mailagent.core.errors import ConfigInvalid, MailboxRefused, MailboxUnavailable
from tests.connectors.oauth_server import SignIn, sign_in

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CLIENT = Client(id="app", secret="s3cret")


@pytest.fixture
def server() -> Iterator[SignIn]:
    with sign_in() as server:
        yield server


def granted(server: SignIn, path: Path) -> Grant:
    server.pending = 0
    code = device_code(server.provider, CLIENT, lambda: NOW)
    pause = lambda _: None  # noqa: E731
    grant = await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=pause)
    write_grant(path, grant)
    return grant


def test_a_code_is_typed_elsewhere_and_waited_for(server: SignIn) -> None:
    server.pending = 3
    code = device_code(server.provider, CLIENT, lambda: NOW)
    assert (code.user_code, code.where) == ("ABCD-EFGH", "https://sign.example/device")
    waits: list[float] = []
    grant = await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=waits.append)
    assert len(waits) == 4
    assert grant.refresh_token == server.refresh
    assert grant.access_token in server.access


def test_a_code_that_nobody_types_ends(server: SignIn) -> None:
    server.pending = 10_000
    code = device_code(server.provider, CLIENT, lambda: NOW)
    times = iter(NOW + timedelta(minutes=5 * n) for n in range(100))
    with pytest.raises(MailboxRefused, match="ended before anybody agreed"):
        await_device(server.provider, CLIENT, code, now=lambda: next(times), pause=lambda _: None)


@pytest.mark.parametrize("pasted", [True, False])
def test_the_browser_comes_back_or_its_address_is_pasted(server: SignIn, pasted: bool) -> None:
    with landing(5) as page:
        redirect = Redirect(server.provider, CLIENT, page.address)
        asked = parse_qs(urlsplit(redirect.url).query)
        server.challenge = asked["code_challenge"][0]
        back = f"{page.address}/?state={asked['state'][0]}&code=good"
        if pasted:
            came = back
        else:
            browser = threading.Thread(target=lambda: httpx.get(back, trust_env=False))
            browser.start()
            came = page.wait()
            browser.join()
        grant = redirect.grant(came, lambda: NOW)
    assert grant.access_token in server.access


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?state=other&code=good",
        "?state=\u00fcber&code=good",
        "?code=good",
        "?error=access_denied&state=x",
    ],
)
def test_another_address_is_refused(server: SignIn, query: str) -> None:
    redirect = Redirect(server.provider, CLIENT, "http://127.0.0.1:1")
    with pytest.raises(MailboxRefused):
        redirect.grant(f"http://127.0.0.1:1/{query}", lambda: NOW)
    assert server.asked == []


def test_a_token_is_used_until_shortly_before_its_end(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    grant = granted(server, path)
    clock = [NOW]
    tokens = Tokens(path, now=lambda: clock[0])
    assert tokens() == tokens() == grant.access_token
    clock[0] += timedelta(seconds=3600 - 60)
    second = tokens()
    assert second != grant.access_token
    assert second in server.access


def test_a_rotated_token_is_on_disk_before_anybody_uses_it(
    server: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oauth.json"
    first = granted(server, path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connectors.oauth.write_durably", full)
    # No token is given out that the disk does not know.
    with pytest.raises(OSError, match="No space"):
        Tokens(path, now=lambda: NOW)(first.access_token)
    monkeypatch.undo()
    server.refresh = first.refresh_token
    Tokens(path, now=lambda: NOW)(first.access_token)
    assert read_grant(path).refresh_token == server.refresh != first.refresh_token


def test_a_server_that_does_not_rotate(server: SignIn, tmp_path: Path) -> None:
    first = granted(server, tmp_path / "oauth.json")
    server.rotates = False
    Tokens(tmp_path / "oauth.json", now=lambda: NOW)(first.access_token)
    assert read_grant(tmp_path / "oauth.json").refresh_token == first.refresh_token


def test_a_grant_that_was_taken_back_is_said_so(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    server.revoke()
    with pytest.raises(MailboxRefused, match=r"Token was revoked.*mailagent login google"):
        Tokens(path, now=lambda: NOW)(token)


def test_a_server_that_is_ill_is_tried_again(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    server.ill = True
    with pytest.raises(MailboxUnavailable):
        Tokens(path, now=lambda: NOW)(token)
    server.ill = False
    assert Tokens(path, now=lambda: NOW)(token) in server.access


def test_a_server_that_says_nothing_is_not_waited_for_long(
    server: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oauth.json"
    before = granted(server, path)
    monkeypatch.setattr(oauth, "_TIMEOUT", 0.2)
    server.silent.set()
    began = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        Tokens(path, now=lambda: NOW)(before.access_token)
    assert time.monotonic() - began < 3
    server.silent.clear()
    assert read_grant(path) == before
    assert Tokens(path, now=lambda: NOW)(before.access_token) in server.access


@pytest.mark.parametrize("error", ["invalid_target", "unauthorized_client", "invalid_scope"])
def test_a_server_that_grants_for_something_else_only_is_said_so(
    server: SignIn, tmp_path: Path, error: str
) -> None:
    path = tmp_path / "oauth.json"
    before = granted(server, path)
    told = "The resource is not one that may be asked for."
    server.says = [(400, {"error": error, "error_description": told})]
    with pytest.raises(MailboxRefused, match=r"not one that may.*mailagent login google"):
        Tokens(path, now=lambda: NOW)(before.access_token)
    assert read_grant(path) == before


NONSENSE: list[tuple[int, object]] = [
    (200, {}),
    (200, []),
    (200, "welcome to the hotel"),
    (404, {}),
    (400, {"error": "temporarily_unavailable"}),
    (429, {"error": "slow_down"}),
    (500, {"access_token": "never"}),
]


@pytest.mark.parametrize("said", NONSENSE, ids=str)
def test_what_is_no_answer_is_asked_again_and_the_grant_is_left(
    server: SignIn, tmp_path: Path, said: tuple[int, object]
) -> None:
    path = tmp_path / "oauth.json"
    before = granted(server, path)
    server.says = [said]
    with pytest.raises(MailboxUnavailable):
        Tokens(path, now=lambda: NOW)(before.access_token)
    assert read_grant(path) == before
    assert Tokens(path, now=lambda: NOW)(before.access_token) in server.access


@pytest.mark.parametrize(
    "answer",
    [{"access_token": None}, {"access_token": ""}, {"access_token": 7}, {"error": "invalid_scope"}],
    ids=str,
)
def test_what_is_no_token_is_never_used_as_one(
    server: SignIn, tmp_path: Path, answer: dict[str, object]
) -> None:
    path = tmp_path / "oauth.json"
    before = granted(server, path)
    server.says = [(200, answer)]
    with pytest.raises(MailboxRefused, match="does not renew the sign-in"):
        Tokens(path, now=lambda: NOW)(before.access_token)
    assert read_grant(path) == before


@pytest.mark.parametrize("lasts", [-1, "soon", "\u0663\u0660", 10**30, None, 3.5])
def test_a_token_whose_time_is_nonsense_is_asked_for_anew_later(
    server: SignIn, tmp_path: Path, lasts: object
) -> None:
    path = tmp_path / "oauth.json"
    before = granted(server, path)
    server.says = [(200, {"access_token": "new", "expires_in": lasts})]
    assert Tokens(path, now=lambda: NOW)(before.access_token) == "new"
    assert read_grant(path).expires_at == NOW + timedelta(hours=1)


def test_a_server_that_falls_ill_while_a_code_is_typed_is_asked_again(server: SignIn) -> None:
    code = device_code(server.provider, CLIENT, lambda: NOW)
    server.says = [(503, {}), (200, "nonsense")]
    waits: list[float] = []
    grant = await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=waits.append)
    assert grant.access_token in server.access
    assert waits == [1, 6, 11, 11]  # and more slowly each time


def test_a_person_who_says_no_ends_it_at_once(server: SignIn) -> None:
    code = device_code(server.provider, CLIENT, lambda: NOW)
    server.says = [(400, {"error": "access_denied", "error_description": "The person declined."})]
    with pytest.raises(MailboxRefused, match="The person declined"):
        await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=lambda _: None)


def test_two_programs_share_one_exchange(server: SignIn, tmp_path: Path) -> None:
    """`run` and `doctor` beside it: each has a `Tokens` of its own, only the file is common."""
    path = tmp_path / "oauth.json"
    token, got = granted(server, path).access_token, list[str]()
    both = threading.Barrier(2)
    server.on_token = lambda: time.sleep(0.1)  # the other one asks meanwhile
    before = len(server.asked)

    def program() -> None:
        both.wait()
        got.append(Tokens(path, now=lambda: NOW)(token))

    threads = [threading.Thread(target=program) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.asked) == before + 1
    assert got == [read_grant(path).access_token] * 2


def test_threads_share_one_exchange(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    tokens, got = Tokens(path, now=lambda: NOW), list[str]()
    before = len(server.asked)
    threads = [threading.Thread(target=lambda: got.append(tokens(token))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert len(server.asked) == before + 1


def test_a_grant_that_ends_says_when(server: SignIn, tmp_path: Path) -> None:
    server.grant_seconds = 7 * 86400 - 1
    grant = granted(server, tmp_path / "oauth.json")
    assert grant.ends_at == NOW + timedelta(seconds=7 * 86400 - 1)
    assert grant.ending(NOW, timedelta(days=8))
    assert not grant.ending(NOW, timedelta(days=2))


def test_a_grant_is_nobody_elses(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    grant = granted(server, path)
    assert path.stat().st_mode & 0o077 == 0
    assert grant.refresh_token not in repr(grant)
    path.chmod(0o644)
    with pytest.raises(ConfigInvalid, match="chmod 600"):
        Tokens(path, now=lambda: NOW)()
    with pytest.raises(ConfigInvalid, match="login"):
        Tokens(tmp_path / "none.json", now=lambda: NOW)()
