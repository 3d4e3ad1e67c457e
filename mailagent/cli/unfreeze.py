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
    from mailagent.store.store import SqlTransaction


def unfreeze(
    ref: Annotated[str, typer.Argument(help="As in [ops 4F7Q].")], home: Home = None
) -> None:
    """Let a frozen draft be answered again, for a code."""
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
    case = draft.case or None
    entry = Entry(actor="terminal", what="draft.unfrozen", case=case, details=details)
    async with app.store.begin(company) as tx:
        await tx.use_code(draft.person, step)
        await tx.unfreeze_draft(draft.id)
        await tx.audit(entry)
        await _send_anew(tx, draft)


async def _send_anew(tx: "SqlTransaction", draft: "Draft") -> None:
    """A brief with all that is in it; a draft of one case by itself."""
    from mailagent.core.brief import MORNING
    from mailagent.core.job import Job, Stage

    if not draft.is_brief:
        await tx.defer(Job(stage=Stage.PROPOSE, subject=draft.case, version=draft.version))
        return
    for item in (await tx.brief(draft.id)).items:
        if item.draft.state == "frozen":
            await tx.unfreeze_draft(item.draft.id)
            await tx.hold_for_brief(item.draft.case, draft.person)
    job = Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine=draft.person)
    await tx.defer(job)


async def _frozen(app: "App", ref: str) -> "list[Draft]":
    async with app.store.begin(app.office.company.id) as tx:
        found = await tx.frozen_as(ref)
    if not found:
        raise ConfigInvalid(
            f"Nothing is frozen in [ops {ref}]", advice="`mailagent queue` says what is."
        )
    return found
