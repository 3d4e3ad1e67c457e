"""What happens in the demo, in the order in which it is told."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from mailagent.core.enrolment import new_code
from mailagent.core.people import Proof
from mailagent.demo import cast
from mailagent.demo.client import parsed
from mailagent.demo.documents import Bill, bill_mail, factur_x, newsletter, plain_mail
from mailagent.demo.enrolment import pinned, waited_for
from mailagent.demo.result import Delivered, Told
from mailagent.demo.scene import Scene
from mailagent.demo.world import DidNotHappen

_GIST = 6  # lines of a mail, where a longer one of its kind was shown before


async def tell(scene: Scene) -> Told:
    """The whole story."""
    today = scene.world.now.date()
    await _ann_is_enrolled(scene)
    approved = _delivered(cast.hosting_bill(today))
    draft = await _a_bill_arrives(scene, approved)
    await _a_stranger_answers(scene, draft)
    await _ann_approves(scene, draft)
    await _what_is_no_bill(scene)
    undone = _delivered(cast.paper_bill(today), "de")
    await _ann_thinks_again(scene, undone)
    refused = _delivered(cast.changed_account(today))
    await _the_account_changed(scene, refused)
    subjects = tuple(str(parsed(raw)["Subject"]) for raw in scene.unread)
    return Told(approved=approved, undone=undone, refused=refused, unexpected=subjects)


async def _ann_is_enrolled(scene: Scene) -> None:
    scene.chapter("Ann proves once who she is")
    code = new_code()
    await waited_for(scene.world, code)
    await scene.ann_writes(_typed(scene, code, "Here is the code from the terminal."))
    pin = await pinned(scene.world, code)
    if pin.method is not Proof.SERVER:
        raise DidNotHappen(f"a proof by the mail server (it was {pin.method})")
    scene.remark("Pinned: from now on Ann is who is signed in to the mail server as Ann.")


async def _a_bill_arrives(scene: Scene, delivered: Delivered) -> EmailMessage:
    scene.chapter("A bill arrives")
    return await _draft_of(scene, cast.HOSTING, delivered)


async def _a_stranger_answers(scene: Scene, draft: EmailMessage) -> None:
    scene.chapter("A stranger approves in her name, with the right token")
    await scene.stranger_answers(draft, "approve")
    await scene.ann_gets("the warning about a forged approval", "", _GIST)


async def _ann_approves(scene: Scene, draft: EmailMessage) -> None:
    scene.chapter("Ann approves")
    await scene.ann_answers(draft, "approve")
    await scene.ann_gets("the receipt of the approval", "Nordlicht")


async def _what_is_no_bill(scene: Scene) -> None:
    scene.chapter("A newsletter, and a mail that no task takes")
    now = scene.world.now
    await scene.arrives(newsletter(cast.letterhead(cast.NEWS, now, "news")))
    scene.remark("Set aside. Ann is not disturbed.")
    head = cast.letterhead(cast.CLIENT, now, "time-sheets")
    await scene.arrives(plain_mail(head, "Time sheets", cast.QUESTION))
    await scene.ann_gets("the question about a mail", "Time sheets", _GIST)
    scene.remark("It stays in Ops/Waiting until Ann says something.")


async def _ann_thinks_again(scene: Scene, delivered: Delivered) -> None:
    scene.chapter("Ann approves, and thinks again")
    draft = await _draft_of(scene, cast.PAPER, delivered, _GIST)
    await scene.ann_answers(draft, "ok, thanks")
    receipt = await scene.ann_gets("the receipt to be undone", "Papier", _GIST)
    await scene.ann_answers(receipt, "undo")
    await scene.ann_gets("the receipt of the undo", "Papier")


async def _the_account_changed(scene: Scene, delivered: Delivered) -> None:
    scene.chapter("Nordlicht again, with another bank account")
    draft = await _draft_of(scene, cast.HOSTING, delivered, _GIST)
    await scene.ann_answers(draft, "reject fraud")
    await scene.ann_gets("the receipt of the rejection", "Nordlicht", _GIST)


async def _draft_of(
    scene: Scene, sender: str, delivered: Delivered, lines: int = 0
) -> EmailMessage:
    bill = delivered.bill
    head = cast.letterhead(sender, scene.world.now, bill.number)
    await scene.arrives(bill_mail(head, bill, delivered.document))
    return await scene.ann_gets(f"the draft for {bill.number}", bill.seller.split()[0], lines)


def _delivered(bill: Bill, language: str = "en") -> Delivered:
    return Delivered(bill=bill, document=factur_x(bill, language=language))


def _typed(scene: Scene, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Ann Lee <{cast.ANN}>", cast.OPS, subject
    mail["Date"], mail["Message-ID"] = (
        format_datetime(scene.world.now),
        make_msgid(domain=cast.DOMAIN),
    )
    mail.set_content(f"{text}\n")
    return mail
