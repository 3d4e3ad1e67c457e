"""What was seen of a task when it was looked at last, as the store keeps it."""

from collections.abc import Mapping

from mailagent.core.thresholds import Mark
from mailagent.store.scope import Scope
from mailagent.store.tables import watched


class Watching(Scope):
    """One company's."""

    async def marks(self) -> Mapping[str, Mark]:
        """By task."""
        found = await self.all(self.rows(watched))
        return {row.task: Mark.model_validate(row.body) for row in found}

    async def keep_mark(self, task: str, mark: Mark) -> None:
        """Takes the place of the one before."""
        body = mark.model_dump(mode="json")
        await self.run(self.add_or_change(watched, ["task"], task=task, body=body))
