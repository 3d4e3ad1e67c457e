"""One line to a chat when something waits in the mailbox: no content, and nothing to answer."""

from typing import Any, Literal

import httpx

from connectors.http import HttpServer, ServerAway, ServerRefused, http_errors

Kind = Literal["slack", "teams", "ntfy"]
_PATIENCE = 5.0  # seconds: nobody waits for a chat


class ChatBell:
    """An incoming webhook of Slack or Teams, or a topic of ntfy."""

    def __init__(self, kind: Kind, address: str) -> None:
        self._kind = kind
        self._server = HttpServer(url=address, timeout=_PATIENCE)

    async def ring(self, line: str) -> None:
        """Says it once; that it could not be said is an error for whoever logs it."""
        with http_errors(f"the webhook of {self._kind}"):
            async with self._server.client() as client:
                said = self._form(line)
                async with client.stream("POST", self._server.url, **said) as answer:
                    pass  # its status is all that is looked at
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            raise ServerAway(f"the webhook of {self._kind} says {answer.status_code}")
        if not answer.is_success:
            raise ServerRefused(f"the webhook of {self._kind} says {answer.status_code}")

    def _form(self, line: str) -> dict[str, Any]:
        if self._kind == "ntfy":
            return {"content": line.encode(), "headers": {"Title": "mailagent"}}
        if self._kind == "slack":
            return {"json": {"text": line}}
        block = {"type": "TextBlock", "text": line, "wrap": True}
        card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
        kind = "application/vnd.microsoft.card.adaptive"
        return {
            "json": {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
        }
