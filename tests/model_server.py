"""A server on this machine that speaks the Messages API and chat completions, well or badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from mailagent.core.retry import Retry
from mailagent.ports.model import Model

Request = dict[str, Any]
# What is answered: an object becomes the text of a message; bytes go out as they are.
Reply = Callable[[Request], dict[str, Any] | str | bytes]


class ModelServer:
    """Answers as it is told, one reply after the other; the last one goes on."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.replies: list[Any] = [says({})]

    def will(self, *replies: Any) -> None:
        self.replies = list(replies)

    def next(self, request: Request) -> "Wire":
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        made: Wire = reply(request) if callable(reply) else reply
        return made

    def asked(self) -> str:
        """All that was ever sent to it."""
        return json.dumps(self.requests, ensure_ascii=False)


class Wire:
    """An answer on the wire."""

    def __init__(
        self, body: bytes, status: int = 200, *, wait: float = 0, retry_after: str = ""
    ) -> None:
        self.body, self.status, self.wait = body, status, wait
        self.headers = {"retry-after": retry_after} if retry_after else {}


def message(text: str, stop: str = "end_turn", **changes: Any) -> Wire:
    """A message of the Messages API that is a completion as well."""
    body = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "test-model",
        "content": [{"type": "text", "text": text}],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 1000,
            "output_tokens": 100,
            "cache_read_input_tokens": 500,
            "cache_creation_input_tokens": 0,
            "prompt_tokens": 1000,
            "completion_tokens": 100,
        },
        "choices": [
            {
                "message": {"role": "assistant", "content": text},
                "finish_reason": {"end_turn": "stop", "refusal": "content_filter"}.get(
                    stop, "length"
                ),
            }
        ],
    }
    return Wire(json.dumps({**body, **changes}).encode())


def says(answer: Any) -> Wire:
    return message(answer if isinstance(answer, str) else json.dumps(answer))


def fails(status: int, kind: str = "error", retry_after: str = "") -> Wire:
    error = {"type": "error", "error": {"type": kind, "message": "no"}}
    return Wire(json.dumps(error).encode(), status, retry_after=retry_after)


def silent(seconds: float = 30) -> Wire:
    return Wire(b"", wait=seconds)


@contextmanager
def model_server() -> Iterator[ModelServer]:
    server: ModelServer
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            request = json.loads(self.rfile.read(length))
            server.requests.append(request)
            server.headers.append({k.lower(): v for k, v in self.headers.items()})
            wire = server.next(request)
            if wire.wait:
                stopping.wait(wire.wait)
            self.send_response(wire.status)
            for name, value in wire.headers.items():
                self.send_header(name, value)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(wire.body)))
            self.end_headers()
            self.wfile.write(wire.body)

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None: ...  # who asked has gone

    http = Server(("127.0.0.1", 0), Handler)
    server = ModelServer(http.server_port)
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stopping.set()
        http.shutdown()
        http.server_close()
        thread.join(5)


@pytest.fixture
def model_http() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


def taken(since: float) -> float:
    return time.monotonic() - since


def anthropic_model(server: ModelServer, retry: Retry, seconds: float = 0.5) -> Model:
    """The package is loaded only by who runs such a test: it takes a second."""
    from connectors.model.anthropic import AnthropicModel

    return AnthropicModel("test-model", "k-1", url=server.url, seconds=seconds, retry=retry)
