"""Any server that speaks the chat completions of OpenAI: for models that run in the house."""

from typing import Any

import httpx

from connectors.attempts import attempted, seconds_in
from mailagent.core.advice import Answered, Asked
from mailagent.core.errors import ModelNonsense, ModelRefused, ModelUnavailable
from mailagent.core.retry import Retry

_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LONGEST = 2_000_000  # bytes of an answer


class OpenAiCompatibleModel:
    """Implements ports.Model. It is given no tools."""

    def __init__(self, name: str, key: str, *, url: str, seconds: float = 30, retry: Retry) -> None:
        self.name = name
        self._retry = retry
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers=headers,
            timeout=seconds,
            follow_redirects=False,
            trust_env=False,  # documents stay in the house: no proxy of the environment sees them
        )

    async def answer(self, asked: Asked) -> Answered:
        """The answer as text in the form that was asked for."""
        body = await attempted(lambda: self._send(asked), self._retry)
        try:
            choice, usage = body["choices"][0], body.get("usage") or {}
            text, reason = choice["message"]["content"], choice.get("finish_reason")
            refusal = choice["message"].get("refusal")
            read, written = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
        except (KeyError, IndexError, TypeError, AttributeError):
            raise ModelNonsense("the answer is no completion") from None
        if refusal or reason == "content_filter":
            raise ModelRefused("the model declined to answer")
        if reason not in ("stop", None) or not isinstance(text, str):
            raise ModelNonsense(f"the answer ended too early ({str(reason)[:40]})")
        return Answered(text=text, model=self.name, read=_count(read), written=_count(written))

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.aclose()

    async def _send(self, asked: Asked) -> dict[str, Any]:
        form = {"name": asked.prompt, "strict": True, "schema": asked.form}
        request = {
            "model": self.name,
            "max_tokens": asked.most,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": asked.system},
                {"role": "user", "content": asked.text},
            ],
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        try:
            response = await self._client.post("/chat/completions", json=request)
        except httpx.HTTPError as error:
            what = f"the model cannot be reached ({type(error).__name__})"
            raise ModelUnavailable(what) from error
        return _body(response)


def _body(response: httpx.Response) -> dict[str, Any]:
    said = f"the model's server says {response.status_code}"
    if response.status_code in _LATER:
        after = seconds_in(response.headers.get("retry-after"))
        raise ModelUnavailable(said, retry_after=after)
    if not response.is_success:
        raise ModelRefused(said)
    if len(response.content) > _LONGEST:
        raise ModelNonsense("the answer is too long")
    try:
        body = response.json()
    except ValueError:
        raise ModelNonsense("the answer is no JSON") from None
    if not isinstance(body, dict):
        raise ModelNonsense("the answer is no completion")
    return body


def _count(number: Any) -> int:
    return number if isinstance(number, int) and number >= 0 else 0
