"""Something to read: an attachment, a body, a file on disk."""

from enum import StrEnum

from mailagent.core.reading import Box
from mailagent.core.value import Value


class Origin(StrEnum):
    """How a document reached us."""

    BODY = "body"
    ATTACHMENT = "attachment"
    FILE = "file"


class Document(Value):
    """A document known by its content, which lies in the blob store under `sha256`."""

    name: str
    media_type: str
    sha256: str
    size: int
    origin: Origin = Origin.ATTACHMENT
    part: int = 1  # of several documents in one file


class Word(Value):
    """A word where it stands on the page."""

    text: str
    page: int
    box: Box
