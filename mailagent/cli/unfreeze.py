"""`mailagent unfreeze`: for a code of its person a frozen draft goes out with a fresh token."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import built, reference
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.draft import Draft


def unfreeze(
    ref: Annotated[str, typer.Argument(help="As in [ops 4F7Q].")], home: Home = None
) -> None:
    """Let a frozen draft be answered again, for a code of its person."""
    asyncio.run(_unfreeze(built(home), reference(ref)))


async def _unfreeze(app: "App", ref: str) -> None:
    async with app.opened():
        for draft in await _frozen(app, ref):
            await thaw(app, draft)
    typer.echo("A running agent sends it anew within a minute; its old token stays dead.")


async def thaw(app: "App", draft: "Draft") -> None:
    """The token that somebody else may know dies; another goes out with the same version."""
    from mailagent.cli.authenticator import ask_code
    from mailagent.core.audit import Entry
    from mailagent.core.job import Job, Stage

    company = app.office.company.id
    async with app.store.begin(company) as tx:
        authenticator = await tx.authenticator(draft.person)
    if authenticator is None:
        raise ConfigInvalid(
            f"{draft.person} has no authenticator",
            advice="Run `mailagent enroll --code` with an address of theirs first.",
        )
    typer.echo(f"This draft was sent to {draft.person}.")
    step = ask_code(app, authenticator)
    details = {"draft": draft.id, "person": draft.person}
    entry = Entry(actor="terminal", what="draft.unfrozen", case=draft.case, details=details)
    async with app.store.begin(company) as tx:
        await tx.use_code(draft.person, step)
        await tx.unfreeze_draft(draft.id)
        await tx.audit(entry)
        await tx.defer(Job(stage=Stage.PROPOSE, subject=draft.case, version=draft.version))


async def _frozen(app: "App", ref: str) -> "list[Draft]":
    async with app.store.begin(app.office.company.id) as tx:
        case = await tx.case_by_ref(ref)
        found = await tx.frozen_drafts(case.id) if case else []
    if not found:
        raise ConfigInvalid(
            f"Nothing is frozen in [ops {ref}]", advice="`mailagent queue` says what is."
        )
    return found
