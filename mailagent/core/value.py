"""The base of everything that is stored, shown or crosses a process boundary."""

import hashlib
import json

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that travels as JSON without loss (bytes as base64)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64"
    )


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(content: object) -> bytes:
    """One spelling for one content: what digests and the audit chain are made over."""
    return _CANONICAL.encode(content).encode()


def sha256(content: bytes) -> str:
    """The name of a content in the blob store, in digests and in the audit log."""
    return hashlib.sha256(content).hexdigest()
