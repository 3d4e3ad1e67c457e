"""Below the sums: when and how to pay, thanks, and the seller's small print."""

from tests.papers.facts import Facts, Party
from tests.papers.heads import parties, tax_line
from tests.papers.page import Page
from tests.papers.terms import due_sentences


def draw_foot(page: Page, facts: Facts, y: float) -> None:
    """All that follows the sums."""
    for line in [*due_sentences(page, facts), *_notes(page, facts)]:
        y += page.line
        page.put(line, page.left, y)
    if facts.due and facts.how_due in ("date", "both", "terms"):
        page.shown.add("due_date")
    y = _pay(page, facts, y + page.line * 1.5)
    seller = facts.seller
    way = page.layout["foot"]
    if way == "columns":
        _in_columns(page, facts)
    elif way in ("line", "centre"):
        _in_lines(page, facts, seller, centred=way == "centre")
    page.foot()


def _notes(page: Page, facts: Facts) -> list[str]:
    words, said = page.words, []
    if not facts.sums.shares and page.country.code not in ("US", "CA"):
        said.append(words.any("sentence", page.rng.choice(["reverse", "exempt"])))
    if facts.kind == "receipt":
        said.append(words.any("sentence", "paid").format(date=page.day(facts.issued)))
    if page.rng.random() < 0.6:
        said.append(words.any("sentence", "thanks"))
    if page.rng.random() < 0.2:
        said.append(words.any("sentence", "late"))
    return said


def bank_rows(page: Page, facts: Facts) -> list[tuple[str, str]]:
    """Label and value of the seller's account."""
    words, rows = page.words, []
    account = facts.account
    if facts.kind == "self_billing" or (facts.kind == "receipt" and page.rng.random() < 0.7):
        return []
    if account["way"] == "cheque":
        return [("", words.pick("sentence", "cheque").format(seller=account["holder"]))]
    if "bank" in account:
        rows.append((words.label("bank"), account["bank"]))
    if page.rng.random() < 0.3 and len(account) > 1:
        rows.append((words.label("holder"), facts.seller.name))
    if "iban" in account:
        page.shown.add("iban")
        iban = account["iban"]
        grouped = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
        rows += [
            ("IBAN", grouped if page.rng.random() < 0.7 else iban),
            (page.rng.choice(["BIC", "BIC/SWIFT", "SWIFT"]), account["bic"]),
        ]
    for name in ("Routing", "Sort code", "BSB", "IFSC", "Transit", "Institution", "Account"):
        if name in account:
            said = (
                page.rng.choice(page.words.all("label", "account")) if name == "Account" else name
            )
            rows.append((said, account[name]))
    return rows


def _pay(page: Page, facts: Facts, y: float) -> float:
    way = page.layout["pay"]
    if way in ("footer", "none") and page.layout["foot"] == "columns":
        return y
    rows = bank_rows(page, facts)
    if not rows or y + page.line * (len(rows) + 1) > page.sheet.height - 84:
        page.shown.discard("iban")
        return y
    page.put(page.label(page.words.pick("sentence", "pay")), page.left, y, bold=True)
    if way == "sentence":
        return page.lines(
            page.fit(", ".join(f"{a} {b}".strip() for a, b in rows), page.right - page.left),
            page.left,
            y + page.line,
        )
    for label, value in rows:
        y += page.line
        if way == "table" and label:
            page.put(page.label(label), page.left, y)
            page.put(value, page.left + 90, y)
        else:
            page.put(f"{page.label(label)} {value}" if label else value, page.left, y)
    return y


def _small_print(page: Page, facts: Facts, seller: Party) -> list[str]:
    tax = tax_line(page, seller)
    if tax:
        page.shown.add("seller_vat")
    more = [f"{name}: {value}" for name, value in seller.others.items()]
    return [line for line in [tax, *more] if line]


def _in_columns(page: Page, facts: Facts) -> None:
    """Name and address, how to reach them, the bank, the numbers: side by side."""
    writer, _ = parties(facts)
    page.shown.add("seller_name")
    contact = [f"{page.words.label('phone')} {writer.phone}", writer.mail]
    bank = []
    if page.layout["pay"] in ("footer", "none"):
        bank = [f"{label} {value}".strip() for label, value in bank_rows(page, facts)]
    columns = [
        [writer.name, writer.street, writer.town],
        contact,
        bank,
        _small_print(page, facts, writer),
    ]
    columns = [column for column in columns if column]
    top = page.sheet.height - 78
    page.sheet.rule(page.left, top - 12, page.right)
    wide = (page.right - page.left + 20) / len(columns)
    for at, column in enumerate(columns):
        widest = max(page.sheet.width_of(line, 7.0) for line in column)
        size = 7.0 if widest < wide - 6 else max(4.5, 7.0 * (wide - 6) / widest)
        page.lines(column, page.left + at * wide, top, size=size)


def _in_lines(page: Page, facts: Facts, seller: Party, *, centred: bool) -> None:
    writer, _ = parties(facts)
    del seller
    lines = [
        f"{writer.name} · {writer.street} · {writer.town}",
        " · ".join(_small_print(page, facts, writer)),
    ]
    page.shown.add("seller_name")
    y = page.sheet.height - 60
    for line in lines:
        page.put(line, page.sheet.width / 2 if centred else page.left, y, size=7, centre=centred)
        y += 9.5
