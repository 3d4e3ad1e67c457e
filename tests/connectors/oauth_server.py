"""A sign-in server on loopback: it grants, rotates, lets tokens end, and takes them back."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors.oauth import Provider


class SignIn:
    """What the server knows, and how it is told to behave."""

    def __init__(self) -> None:
        self.refresh = ""  # the one that is good
        self.access: set[str] = set()
        self.rotates, self.ill, self.pending, self.seconds = True, False, 1, 3600
        self.grant_seconds = 0
        self.awake = threading.Event()
        self.silent = threading.Event()  # set: it takes the question, and says nothing
        self.says: list[tuple[int, object]] = []  # once each, whatever is asked
        self.asked: list[dict[str, str]] = []
        self.challenge = ""
        self.on_token: Callable[[], None] = lambda: None  # before an answer goes out
        self.port = 0

    @property
    def provider(self) -> Provider:
        here = f"http://127.0.0.1:{self.port}"
        return Provider(
            name="google",
            authorize=f"{here}/authorize",
            device=f"{here}/device",
            token=f"{here}/token",
            scope="mail",
        )

    def revoke(self) -> None:
        self.refresh, self.access = "", set()

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, object]:
        self.asked.append(form)
        return self.says.pop(0) if self.says else self._answer(path, form)

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.ill:
            return 503, {}
        if path == "/device":
            code = {"device_code": "d1", "user_code": "ABCD-EFGH", "interval": 1}
            return 200, {**code, "verification_uri": "https://sign.example/device"}
        kind = form["grant_type"]
        if kind == "refresh_token" and form["refresh_token"] != self.refresh:
            return 400, {"error": "invalid_grant", "error_description": "Token was revoked."}
        if kind.endswith("device_code") and self.pending:
            self.pending -= 1
            return 400, {"error": "authorization_pending"}
        if kind == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if (form["code"], proof) != ("good", self.challenge):
                return 400, {"error": "invalid_grant"}
        return 200, self._tokens(first=kind != "refresh_token")

    def _tokens(self, *, first: bool) -> dict[str, Any]:
        self.on_token()
        token = secrets.token_hex(8)
        self.access.add(token)
        answer: dict[str, Any] = {"access_token": token, "expires_in": self.seconds}
        if first or self.rotates:
            self.refresh = answer["refresh_token"] = secrets.token_hex(8)
        if self.grant_seconds:
            answer["refresh_token_expires_in"] = self.grant_seconds
        return answer


@contextmanager
def sign_in() -> Iterator[SignIn]:
    state = SignIn()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            if state.silent.is_set():
                self.close_connection = True
                state.awake.wait(5)
                return
            status, answer = state.answer(urlsplit(self.path).path, form)
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Tests read what came, not this."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        state.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield state
        state.awake.set()
        server.shutdown()
        thread.join()
