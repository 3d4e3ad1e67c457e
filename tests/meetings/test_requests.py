"""How many mails that ask for a meeting are understood; none is misread in silence."""

import pytest

from tests.meetings.requests import Mail, judge, mails

_MAILS = list(mails())
_ENOUGH = 0.95


@pytest.mark.parametrize("mail", _MAILS, ids=lambda mail: mail.id)
def test_none_is_misread_in_silence(mail: Mail) -> None:
    assert not judge(mail).silent, judge(mail).wrong


def test_nearly_all_are_read() -> None:
    wrong = {mail.id: found.wrong for mail in _MAILS if (found := judge(mail)).wrong}
    told = "\n".join(" | ".join((name, *why)) for name, why in wrong.items())
    assert len(wrong) <= (1 - _ENOUGH) * len(_MAILS), told
