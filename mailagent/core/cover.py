"""The mail that a document came in, as far as it tells about the document."""

from datetime import datetime

from mailagent.core.meeting import Slot
from mailagent.core.message import Message
from mailagent.core.value import Value


class Cover(Value):
    """Who wrote to whom, when, in which thread: a body says "tomorrow", and this says from when.

    `home` is the time zone of the one who reads; `ours` are the agent's own addresses and its name,
    which take part in nothing; `people` are those who may ask it; `slots` are times of ours that
    the mail answers.
    """

    sender: str = ""  # the From line as people read it
    address: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None  # by the sender's clock
    text: str = ""  # the body
    automatic: str = ""  # why a machine must have sent it
    home: str = "UTC"
    ours: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    inner: "Cover | None" = None  # of the mail that it sends on as a whole
    file_name: str = ""  # under which the document came
    is_mail: bool = False  # the document is the text of the mail itself

    def on(self, name: str, *, is_mail: bool) -> "Cover":
        """The same around one document: its name, or that it is the mail itself."""
        told = {"file_name": "" if is_mail else name, "is_mail": is_mail}
        return self.model_copy(update=told)


BARE = Cover()  # a file that came in no mail


def cover_of(
    message: Message,
    home: str = "UTC",
    ours: tuple[str, ...] = (),
    slots: tuple[Slot, ...] = (),
    people: tuple[str, ...] = (),
) -> Cover:
    """What a mail tells about the documents in it."""
    return Cover(
        sender=message.sender,
        address=message.sender_address,
        to=message.to,
        cc=message.cc,
        subject=message.subject,
        date=message.date,
        text=message.text,
        automatic=message.automatic,
        home=home,
        ours=ours,
        slots=slots,
        people=people,
        inner=cover_of(message.nested[0], home, ours, slots, people) if message.nested else None,
    )
