"""What is said to a person, before it is in anybody's language."""

from datetime import date
from decimal import Decimal

from mailagent.core.value import Value


class Said(Value):
    """A phrase of templates/words/ by its key, and what fills its gaps.

    A gap's form stands in the phrase: `{total:amount}`, `{due:day}`, `{account:account}`; amounts
    are in the currency that the gap `currency` names.
    """

    key: str
    gaps: dict[str, str] = {}

    def in_short(self) -> str:
        """For logs, which are in nobody's language: the last of its key, and what fills it."""
        name = self.key.rpartition(".")[2].replace("_", " ")
        return f"{name} ({', '.join(self.gaps.values())})" if self.gaps else name


def say(key: str, **gaps: "str | int | Decimal | date") -> Said:
    """A phrase with its gaps, each spelled the one way that values travel in."""
    return Said(key=key, gaps={name: _spelled(gap) for name, gap in gaps.items()})


def _spelled(gap: "str | int | Decimal | date") -> str:
    if isinstance(gap, Decimal):
        return f"{gap:f}"
    return gap.isoformat() if isinstance(gap, date) else str(gap)
