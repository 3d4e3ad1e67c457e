"""What corrections taught, by vendor."""

from collections.abc import Sequence

from mailagent.core.lesson import Lesson, preferences
from mailagent.store.chain import Chain
from mailagent.store.scope import Scope
from mailagent.store.tables import lesson_keys, lessons, vendors

_MOST = 60  # of one vendor: a bill costs the same however often it was corrected


class Lessons(Chain):
    """One company's lessons."""

    async def learn(self, found: Sequence[Lesson]) -> list[Lesson]:
        """Keeps them; each with its number."""
        return [await self._learn(lesson) for lesson in found]

    async def _learn(self, lesson: Lesson) -> Lesson:
        body = lesson.model_dump(mode="json", exclude={"id"})
        row = {"vendor": lesson.vendor, "field": lesson.field, "case": lesson.taught.case}
        result = await self.run(self.add(lessons, body=body, **row))
        (number,) = result.inserted_primary_key or (0,)
        for key in lesson.keys:
            await self.run(self.add_or_keep(lesson_keys, vendor_key=key, lesson=number))
        return lesson.model_copy(update={"id": number})

    async def lessons_of(self, keys: Sequence[str]) -> list[Lesson]:
        """What was learned about a vendor, the newest first."""
        return await _of(self, keys)

    async def lessons(self) -> list[Lesson]:
        """All of them, by vendor, the newest first."""
        found = self.rows(lessons).order_by(lessons.c.vendor, lessons.c.id.desc())
        return [_lesson(row.id, row.body) for row in await self.all(found)]

    async def taught_by(self, case: int) -> list[Lesson]:
        """What one case taught."""
        found = await self.all(self.rows(lessons, lessons.c.case == case))
        return [_lesson(row.id, row.body) for row in found]

    async def forget(self, gone: Sequence[Lesson]) -> None:
        """They are not used any more; how bills were booked before is forgotten with them."""
        for lesson in gone:
            await self.run(self.drop(lesson_keys, lesson_keys.c.lesson == lesson.id))
            await self.run(self.drop(lessons, lessons.c.id == lesson.id))
            if lesson.field == "book_to":
                theirs = vendors.c.vendor_key.in_(lesson.keys)
                change = self.change(vendors, theirs, vendors.c.book_to == lesson.value)
                await self.run(change.values(book_to=""))


async def preferred(scope: Scope, keys: Sequence[str]) -> tuple[Lesson, ...]:
    """How the bills of a vendor are to be booked."""
    return tuple(preferences(await _of(scope, keys)).values())


async def _of(scope: Scope, keys: Sequence[str]) -> list[Lesson]:
    by_key = scope.rows(lesson_keys, lesson_keys.c.vendor_key.in_(keys))
    latest = by_key.order_by(lesson_keys.c.lesson.desc()).limit(_MOST)
    numbers = {row.lesson for row in await scope.all(latest)}
    if not numbers:
        return []
    found = scope.rows(lessons, lessons.c.id.in_(numbers)).order_by(lessons.c.id.desc())
    return [_lesson(row.id, row.body) for row in await scope.all(found)]


def _lesson(number: int, body: dict[str, object]) -> Lesson:
    return Lesson.model_validate({**body, "id": number})
