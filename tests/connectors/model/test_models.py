"""Both models keep one contract, against a server that answers well and badly."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

from connectors.model.openai_compatible import OpenAiCompatibleModel
from mailagent.core.advice import Asked
from mailagent.core.errors import ModelNonsense, ModelRefused, ModelUnavailable
from mailagent.core.retry import Retry
from mailagent.ports.model import Model
from tests.model_server import (
    ModelServer,
    Wire,
    anthropic_model,
    fails,
    message,
    model_server,
    says,
    silent,
)

ASKED = Asked(
    prompt="fields",
    version="1",
    system="You read.",
    text="Fields: total",
    form={"type": "object", "properties": {}, "required": [], "additionalProperties": False},
    most=200,
)
QUICK = Retry(first=timedelta(milliseconds=1), tries=3)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as made:
        yield made


@pytest_asyncio.fixture(params=["anthropic", "openai"])
async def model(request: pytest.FixtureRequest, server: ModelServer) -> AsyncIterator[Model]:
    made: Model
    if request.param == "anthropic":
        made = anthropic_model(server, QUICK)
    else:
        made = OpenAiCompatibleModel("test-model", "k-1", url=server.url, seconds=0.5, retry=QUICK)
    yield made
    await made.close()


async def test_an_answer(model: Model, server: ModelServer) -> None:
    server.will(says({"total": None}))
    answered = await model.answer(ASKED)
    assert answered.text == '{"total": null}'
    assert (answered.read, answered.written) == (1000, 100)


async def test_what_is_sent(model: Model, server: ModelServer) -> None:
    """The form, the bound, the key; no tools."""
    await model.answer(ASKED)
    (sent,) = server.requests
    assert "tools" not in sent
    assert sent["max_tokens"] == 200
    assert "k-1" in str(server.headers[0])
    assert "additionalProperties" in str(sent)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_sees_no_document(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with model_server() as proxy:
        monkeypatch.setenv(variable, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        made = OpenAiCompatibleModel("test-model", "k-1", url=server.url, seconds=5, retry=QUICK)
        await made.answer(ASKED)
        await made.close()
        assert len(server.requests) == 1
        assert proxy.requests == []


async def test_the_fixed_part_is_cached(server: ModelServer) -> None:
    made = anthropic_model(server, QUICK)
    answered = await made.answer(ASKED)
    await made.close()
    (part,) = server.requests[0]["system"]
    assert part["cache_control"] == {"type": "ephemeral"}
    assert answered.cached == 500


@pytest.mark.slow
@pytest.mark.parametrize("status", [408, 429, 500, 503, 529])
async def test_it_is_tried_again(model: Model, server: ModelServer, status: int) -> None:
    server.will(fails(status, "overloaded_error", retry_after="0"), says({}))
    assert (await model.answer(ASKED)).text == "{}"
    assert len(server.requests) == 2


async def test_in_the_end_it_is_given_up(model: Model, server: ModelServer) -> None:
    server.will(fails(529, "overloaded_error"))
    with pytest.raises(ModelUnavailable):
        await model.answer(ASKED)
    assert len(server.requests) == 3


async def test_who_asks_for_an_hour_gets_no_second_attempt(
    model: Model, server: ModelServer
) -> None:
    server.will(fails(429, "rate_limit_error", retry_after="3600"))
    with pytest.raises(ModelUnavailable) as caught:
        await model.answer(ASKED)
    assert caught.value.retry_after == timedelta(hours=1)
    assert len(server.requests) == 1


@pytest.mark.slow
@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
async def test_what_will_never_work_is_not_tried_again(
    model: Model, server: ModelServer, status: int
) -> None:
    server.will(fails(status))
    with pytest.raises(ModelRefused):
        await model.answer(ASKED)
    assert len(server.requests) == 1


async def test_a_refusal(model: Model, server: ModelServer) -> None:
    server.will(message("I cannot do that.", "refusal"))
    with pytest.raises(ModelRefused):
        await model.answer(ASKED)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wire",
    [
        message('{"total": {"quo', "max_tokens"),
        Wire(b'{"id": "msg_1", "type": "mess'),
        Wire(b"<html>a gateway's page</html>"),
        Wire(b"[]"),
        Wire(b"{}"),
        message("{}", usage="many", choices=7),
        message("{}", content=None, choices=None),
        message("{}", content=[{"type": "text", "text": 7}], choices=[{"message": 7}]),
    ],
    ids=["cut", "torn", "html", "list", "empty", "wrong types", "nothing", "numbers"],
)
async def test_nonsense(model: Model, server: ModelServer, wire: Wire) -> None:
    server.will(wire)
    with pytest.raises(ModelNonsense):
        await model.answer(ASKED)


@pytest.mark.slow
async def test_silence(model: Model, server: ModelServer) -> None:
    server.will(silent())
    with pytest.raises(ModelUnavailable):
        await model.answer(ASKED)


async def test_nobody_there() -> None:
    with model_server() as gone:
        url = gone.url
    model = OpenAiCompatibleModel("m", "", url=url, seconds=0.5, retry=QUICK)
    with pytest.raises(ModelUnavailable):
        await model.answer(ASKED)
    await model.close()
