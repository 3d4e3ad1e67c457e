"""Where approved documents are filed, and how they are named."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from connectors.server import is_open
from mailagent.core.filing import FilingRules, template
from mailagent.core.value import Value

Template = Annotated[str, AfterValidator(template)]


class FilesSettings(Value):
    """Where approved documents are filed, and under which names.

    The templates have the gaps `{kind} {party} {date} {year} {month} {title}`; what is not known
    of a document is left out.
    """

    where: Literal["local", "webdav"] = Field(
        description="local: a folder of this machine; webdav: a server such as Nextcloud",
        examples=["webdav"],
    )
    root: str = Field(
        description="a folder, below the home folder unless absolute", examples=["files"]
    )
    url: str = Field(
        description="webdav: the folder to file in",
        examples=["https://cloud.acme.example/remote.php/dav/files/ops/Papers"],
    )
    user: str = Field(description="webdav: the login", examples=["ops"])
    timeout_seconds: float = Field(
        description="webdav: how long the server may take to answer", gt=0, le=600, examples=[30]
    )
    bills: Template = Field(description="the folder of bills", examples=["bills/{year}/{party}"])
    contracts: Template = Field(
        description="the folder of contracts", examples=["contracts/{party}"]
    )
    papers: Template = Field(
        description="the folder of everything else", examples=["{kind}/{year}/{party}"]
    )
    sensitive: Template = Field(
        description="the folder of payslips, health and identity papers, and privileged letters",
        examples=["private/{kind}/{year}"],
    )
    name: Template = Field(
        description="what each file is called; its ending is added",
        examples=["{date} {party} {title}"],
    )

    @model_validator(mode="after")
    def _reached_safely(self) -> Self:
        if self.where == "webdav" and not self.url:
            raise ValueError("where = 'webdav' needs the url of a folder")
        if self.where == "webdav" and is_open(self.url):
            raise ValueError(f"{self.url} would send the password in the clear: use https://")
        return self

    def rules(self) -> FilingRules:
        """As the core knows them."""
        return FilingRules(**{name: getattr(self, name) for name in FilingRules.model_fields})


class ContractsSettings(Value):
    """Contracts that run out."""

    remind_days_before: tuple[Annotated[int, Field(ge=1, le=730)], ...] = Field(
        description="days before the last one for notice, or before the end, on which you are told",
        max_length=10,
        examples=[[90, 30, 7]],
    )
