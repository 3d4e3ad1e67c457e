"""A mail to somebody outside, as every capability that writes one has it."""

from mailagent.core.value import Value


class Written(Value):
    """Every word of it is shown, digested and approved."""

    to: str
    cc: tuple[str, ...] = ()
    subject: str
    text: str
    in_reply_to: str = ""  # with angle brackets
    first: bool = True  # we never wrote to this address before
