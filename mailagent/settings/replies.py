"""What common requests are answered with: facts of the company, and templates of one's own."""

from pathlib import Path

from pydantic import Field

from mailagent.core.replies import FACTS, LANGUAGES, ReplyRules, Template
from mailagent.core.value import Value


class RepliesSettings(Value):
    """Drafted answers to common requests. Nothing is sent before you approve it."""

    folder: str = Field(
        description="templates of your own, below the home folder: replies/en/delivery_times.txt; "
        "one of a shipped name goes before it",
        examples=["replies"],
    )
    account: str = Field(
        description="the account that others are to pay into", examples=["IBAN DE44 5001 ..."]
    )
    address: str = Field(description="where you are found", examples=["12 Mill Lane, Leeds"])
    opening_hours: str = Field(description="when you are there", examples=["Mon to Fri, 9 to 17"])
    payment_days: str = Field(description="when you pay bills", examples=["every Thursday"])

    def rules(self, shipped: Path, home: Path) -> ReplyRules:
        """As the core knows them, with all templates. Raises ValueError for one that is wrong."""
        facts = {name: getattr(self, name, "") for name in FACTS}
        own = templates_in(home / self.folder) if self.folder else ()
        known = {name: fact for name, fact in facts.items() if fact}
        return ReplyRules(templates=(*templates_in(shipped), *own), facts=known)


def templates_in(folder: Path) -> tuple[Template, ...]:
    """Those of a folder; the folder of a language has a file for each."""
    files = [file for one in LANGUAGES for file in sorted((folder / one).glob("*.txt"))]
    return tuple(
        Template(name=file.stem, language=file.parent.name, text=file.read_text("utf-8"))
        for file in files
    )
