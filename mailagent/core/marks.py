"""The marks by which a receiving server says who sent a mail, in the forms of providers.toml."""

from collections.abc import Sequence
from typing import Literal

from mailagent.core.people import Pin
from mailagent.core.reply import Reply, ServerVerdict
from mailagent.core.value import Value

NAMED = "authentication-results"


class Marks(Value):
    """One form of marks: the results of RFC 8601, or fields of a mail from inside a tenant."""

    name: str
    results: Literal["", "named", "unnamed"] = ""
    inside: dict[str, str] = {}  # field -> the value it has, once, in a mail from inside
    tenant: str = ""  # the field that names the tenant
    host: str = ""  # the field that names the server which knew the sender
    hosts: tuple[str, ...] = ()  # how the name of that server ends


def form_of(pin: Pin, forms: Sequence[Marks]) -> Marks:
    """The form that a pin means; a form that is not listed any more vouches for nobody."""
    name = pin.marks or NAMED
    named = Marks(name=NAMED, results="named")
    return next((form for form in (*forms, named) if form.name == name), Marks(name=name))


def unvouched(pin: Pin, reply: Reply, forms: Sequence[Marks]) -> str:
    """Why the marks of the pinned form do not vouch for the sender; empty: they do."""
    form = form_of(pin, forms)
    if form.results:
        return _not_in_results(pin, form, reply.server)
    if form.inside and form.tenant:
        return _not_inside(pin, form, reply)
    return f"no server is known to make marks of the form {form.name}"


def _not_in_results(pin: Pin, form: Marks, server: ServerVerdict | None) -> str:
    if server is None:
        return "its topmost Authentication-Results is missing or cannot be read"
    wanted = pin.authserv_id.lower()
    if bool(wanted) != (form.results == "named") or server.authserv_id.lower() != wanted:
        return f"its topmost Authentication-Results is not by {wanted or 'the one pinned'}"
    if _passes(server, "dmarc", "header.from", pin.domain):
        return ""
    if wanted and _passes(server, "auth", "smtp.auth", pin.login):
        return ""
    return f"{wanted or 'the server'} does not vouch for the sender"


def _passes(server: ServerVerdict, method: str, name: str, pinned: str) -> bool:
    result = server.only(method)
    if result is None or not pinned:
        return False
    return result.result == "pass" and result.says(name) == pinned.lower()


def _not_inside(pin: Pin, form: Marks, reply: Reply) -> str:
    for name, value in form.inside.items():
        if only(reply, name) != value.lower():
            return f"it does not carry the mark {name}: {value}"
    if not pin.tenant or only(reply, form.tenant) != pin.tenant.lower():
        return "it does not come from inside the pinned tenant"
    if form.host and not only(reply, form.host).endswith(form.hosts):
        return f"its {form.host} is no server that could know the sender"
    return ""


def only(reply: Reply, name: str) -> str:
    """The value of a field, lower case; empty unless the mail has it exactly once."""
    found = [value.strip().lower() for field, value in reply.fields if field == name.lower()]
    return found[0] if len(found) == 1 else ""
