"""The model that helps with reading, where one is wanted. Off unless a provider is named."""

from datetime import timedelta
from decimal import Decimal
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from connectors.server import is_loopback
from mailagent.core.advice import ModelRules
from mailagent.core.value import Value


class ModelSettings(Value):
    """A model that is asked where the deterministic readers are in doubt."""

    provider: Literal["", "anthropic", "openai"] = Field(
        description="anthropic; openai for any server that speaks its chat completions; "
        "empty: no model is asked anything",
        examples=["anthropic"],
    )
    name: str = Field(description="the model's name at its provider", examples=["claude-haiku-4-5"])
    url: str = Field(
        description="another server than the provider's own, as for a model in the house",
        pattern=r"^(https?://\S+)?$",
        examples=["http://localhost:11434/v1"],
    )
    seconds: float = Field(description="how long one attempt may take", gt=0, le=300, examples=[30])
    attempts: int = Field(description="for one question", ge=1, le=10, examples=[3])
    at_once: int = Field(description="questions at the same time", ge=1, le=32, examples=[2])
    budget: Decimal = Field(
        description="what a day may cost, in the currency of the prices; then nothing is asked",
        ge=0,
        examples=["2.00"],
    )
    currency: str = Field(description="of the prices", pattern=r"^[A-Z]{3}$", examples=["USD"])
    price_read: Decimal = Field(
        description="of a million tokens sent; 0 for a model of your own", ge=0, examples=["1.00"]
    )
    price_written: Decimal = Field(
        description="of a million tokens answered", ge=0, examples=["5.00"]
    )

    digest: bool = Field(
        description="whether it puts the counts of the weekly digest into two sentences; no name "
        "and no amount is sent for that",
        examples=[True],
    )

    @model_validator(mode="after")
    def _is_complete_and_private(self) -> Self:
        if self.provider and not self.name:
            raise ValueError("a provider needs the name of a model")
        if self.provider == "openai" and not self.url:
            raise ValueError("the provider openai needs the url of a server")
        parts = urlsplit(self.url)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise ValueError("http would send documents in the clear; use https")
        return self

    def rules(self) -> ModelRules:
        """As the core knows them."""
        return ModelRules(
            budget=self.budget,
            currency=self.currency,
            price_read=self.price_read,
            price_written=self.price_written,
            at_once=self.at_once,
            digest=self.digest,
            patience=timedelta(seconds=self.seconds * self.attempts + 30),
        )
