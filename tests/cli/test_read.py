"""`mailagent read`, as people and scripts call it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mailagent.cli.read import read_command
from tests.documents import BILLION_LAUGHS, Bill, factur_x

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

FIELDS = [
    *("invoice_number", "issue_date", "due_date", "total", "net", "tax", "payable", "currency"),
    *("seller_name", "seller_vat", "buyer_name", "iban", "bic", "po_number", "tax_code"),
    *("tax_shares", "line_items"),
]
APP = typer.Typer()
APP.command()(read_command)


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "bill.pdf"
    path.write_bytes(factur_x(Bill(po_number="PO-7781")))
    return path


def test_json_is_one_object_a_line_with_these_keys(bill: Path) -> None:
    torn, missing = bill.with_name("torn.xml"), bill.with_name("missing.pdf")
    torn.write_bytes(BILLION_LAUGHS)
    result = CliRunner().invoke(APP, ["--json", str(torn), str(bill), str(missing)])
    assert result.exit_code == 1
    first, second, third = map(json.loads, result.stdout.splitlines())
    for answer in (first, second, third):
        assert set(answer) == {"path", "kind", "confidence", "fields", "checks", "error"}
    assert [a["path"] for a in (first, second, third)] == [str(torn), str(bill), str(missing)]
    assert (first["kind"], first["fields"]) == ("unreadable", {})
    assert "DOCTYPE" in first["error"]
    assert third["error"] == "No such file or directory"
    assert (second["kind"], second["error"]) == ("invoice", None)
    total = second["fields"]["total"]
    assert set(total) == {"value", "confidence", "source", "evidence"}
    assert (total["value"], total["source"]) == ("135.66", "xml")
    assert set(total["evidence"]) == {"quote", "page", "box"}
    assert (total["evidence"]["quote"], total["evidence"]["page"]) == ("135.66", 1)
    assert list(second["fields"]) == FIELDS
    assert second["fields"]["line_items"]["value"][1]["net"] == "25.00"
    passed = {"name": "totals_add_up", "ok": True, "detail": "", "why": None}
    assert passed in second["checks"]


def test_good_files_end_well(bill: Path) -> None:
    result = CliRunner().invoke(APP, ["--json", str(bill)])
    assert result.exit_code == 0


def test_the_table_says_what_was_read_where(bill: Path) -> None:
    result = CliRunner().invoke(APP, [str(bill)], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    text = result.stdout.replace("\n", " ")
    for words in ("bill.pdf: invoice, 1 page", "135.66", "page 1, xml", "✓ totals add up"):
        assert words in text


def test_page_text_only_and_as(bill: Path) -> None:
    result = CliRunner().invoke(APP, ["--json", "--page-text-only", str(bill)])
    sources = {field["source"] for field in json.loads(result.stdout)["fields"].values()}
    assert sources <= {"text", "derived"}
    result = CliRunner().invoke(APP, ["--json", "--as", "receipt", str(bill)])
    assert json.loads(result.stdout)["kind"] == "receipt"
    result = CliRunner().invoke(APP, ["--as", "poem", str(bill)])
    assert result.exit_code == 2
    assert "'poem' is none of invoice, credit_note" in result.stderr.replace("\n", " ")


def test_foreign_words_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.pdf"
    path.write_bytes(factur_x(Bill(seller="[red]Evil[/red] \u202e\x9b31mLtd")))
    result = CliRunner().invoke(APP, [str(path)], env={"COLUMNS": "200"})
    assert "[red]Evil[/red]" in result.stdout
    assert "\u202e" not in result.stdout
    assert "\x9b" not in result.stdout
