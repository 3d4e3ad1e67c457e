"""The Messages API of Anthropic, through its own package: text in, JSON in a given form out."""

from collections.abc import Iterator
from contextlib import contextmanager

import anthropic
from pydantic import BaseModel

from connectors.attempts import attempted, seconds_in
from mailagent.core.advice import Answered, Asked
from mailagent.core.errors import ModelNonsense, ModelRefused, ModelUnavailable
from mailagent.core.retry import Retry

_STATUS = frozenset({408, 409, 429, 500, 502, 503, 504, 529})


class _Part(BaseModel):
    type: str
    text: str = ""


class _Usage(BaseModel):
    input_tokens: int
    output_tokens: int
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class _Message(BaseModel):
    model: str
    stop_reason: str | None
    content: list[_Part]
    usage: _Usage


class AnthropicModel:
    """Implements ports.Model. It is given no tools."""

    def __init__(
        self, name: str, key: str, *, url: str = "", seconds: float = 30, retry: Retry
    ) -> None:
        self.name = name
        self._retry = retry
        # The key is always given, so nothing is taken from the environment; attempts are ours.
        self._client = anthropic.AsyncAnthropic(
            api_key=key, base_url=url or None, timeout=seconds, max_retries=0
        )

    async def answer(self, asked: Asked) -> Answered:
        """The answer as text in the form that was asked for."""
        message = await attempted(lambda: self._send(asked), self._retry)
        if message.stop_reason == "refusal":
            raise ModelRefused("the model declined to answer")
        if message.stop_reason != "end_turn":
            raise ModelNonsense(f"the answer ended too early ({message.stop_reason})")
        usage = message.usage
        return Answered(
            text="".join(block.text for block in message.content if block.type == "text"),
            model=message.model,
            read=usage.input_tokens,
            cached=usage.cache_read_input_tokens or 0,
            kept=usage.cache_creation_input_tokens or 0,
            written=usage.output_tokens,
        )

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.close()

    async def _send(self, asked: Asked) -> "_Message":
        with _errors():
            response = await self._client.messages.with_raw_response.create(
                model=self.name,
                max_tokens=asked.most,
                # The fixed part is the same for every document: it is kept by the provider.
                system=[
                    {
                        "type": "text",
                        "text": asked.system,
                        "cache_control": {"type": "ephemeral"},
                    }
                ],
                messages=[{"role": "user", "content": asked.text}],
                output_config={"format": {"type": "json_schema", "schema": asked.form}},
            )
            # The package takes whatever it is sent for a message; this looks.
            return _Message.model_validate_json(await response.read())


@contextmanager
def _errors() -> Iterator[None]:
    """The package's errors as ours."""
    try:
        yield
    except anthropic.APIStatusError as error:
        raise _of_status(error) from error
    except anthropic.APIConnectionError as error:
        raise ModelUnavailable(f"the model cannot be reached ({type(error).__name__})") from error
    except (anthropic.AnthropicError, ValueError) as error:
        raise ModelNonsense(f"the answer cannot be read ({type(error).__name__})") from error


def _of_status(error: anthropic.APIStatusError) -> ModelUnavailable | ModelRefused:
    said = f"the model's server says {error.status_code}"
    if error.status_code in _STATUS:
        after = seconds_in(error.response.headers.get("retry-after"))
        return ModelUnavailable(said, retry_after=after)
    return ModelRefused(f"{said} ({error.type or 'no reason'})")
