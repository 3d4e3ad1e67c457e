"""The verifier of an export: each way of tampering is found, whatever the place."""

import json
import mailbox
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mailagent import verify_audit
from mailagent.core.audit import GENESIS, AuditEntry, Entry, link
from mailagent.core.sealing import seal, unsealed
from mailagent.verify_audit import Anchor, Broken, anchors_in, entries_of, prove
from tests.values import NOW

LENGTH = 40


def exported(length: int = LENGTH, twist: str = "") -> list[dict[str, Any]]:
    """A log as `audit export` writes it, read again."""
    links: list[AuditEntry] = []
    for number in range(1, length + 1):
        head = (links[-1].seq, links[-1].hash) if links else (0, GENESIS)
        details = {"to": "done", "money": [f"{number}.50 EUR"], "who": f"Jürgen {twist}"}
        entry = Entry(actor="agent", what="case.done", case=number, details=details)
        links.append(link("corp", head, entry, NOW + timedelta(seconds=number)))
    return [json.loads(one.model_dump_json()) for one in links]


def rechained(log: list[dict[str, Any]], start: int) -> list[dict[str, Any]]:
    """Written anew from there on, with every hash as it should be."""
    made = [dict(entry) for entry in log]
    previous = made[start - 1]["hash"] if start else GENESIS
    for place in range(start, len(made)):
        made[place] |= {"seq": place + 1, "previous": previous}
        previous = made[place]["hash"] = verify_audit.link_hash(made[place])
    return made


def edited(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return [
        {**e, "details": {**e["details"], "money": ["1.00 EUR"]}} if at == place else e
        for at, e in enumerate(log)
    ]


def deleted(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return [*log[:place], *log[place + 1 :]]


def inserted(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return [*log[:place], {**log[place], "what": "case.approve"}, *log[place:]]


def reordered(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    swapped = list(log)
    swapped[place], swapped[place - 1] = swapped[place - 1], swapped[place]
    return swapped


def cut(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return log[:place]


def rewritten(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return rechained(edited(log, place), place)


def shortened(log: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return rechained(deleted(log, place), place)


def known(log: list[dict[str, Any]]) -> list[Anchor]:
    """What the mails at a few places of the log know, the last one among them."""
    return [Anchor(log[p]["seq"], log[p]["hash"][:16], "a mail") for p in (9, 19, LENGTH - 1)]


def test_a_log_that_nobody_touched_is_whole() -> None:
    log = exported()
    proof = prove(log, known(log))
    assert (proof.seq, proof.hash, proof.matched) == (LENGTH, log[-1]["hash"], 3)


@pytest.mark.parametrize("place", range(1, LENGTH))
@pytest.mark.parametrize(
    "tamper", [edited, deleted, inserted, reordered, cut, rewritten, shortened]
)
def test_each_way_of_tampering_is_found_at_each_place(tamper: Any, place: int) -> None:
    log = exported()
    with pytest.raises(Broken):
        prove(tamper(log, place), known(log))


@pytest.mark.parametrize("tamper", [edited, deleted, inserted, reordered])
def test_without_any_anchor_what_breaks_the_chain_is_found(tamper: Any) -> None:
    for place in range(1, LENGTH - 1):
        with pytest.raises(Broken):
            prove(tamper(exported(), place))


def test_any_single_byte_of_a_line_matters() -> None:
    """Whatever character is changed: it is no JSON, another value, or another chain."""
    log = exported(3)
    lines = [json.dumps(entry, ensure_ascii=False) for entry in log]
    dice = Random(7)
    for _ in range(300):
        at = dice.randrange(len(lines[1]))
        changed = lines[1][:at] + chr(dice.randrange(33, 126)) + lines[1][at + 1 :]
        if changed == lines[1]:
            continue
        with pytest.raises(Broken):
            prove(entries_of([lines[0], changed, lines[2]]))


@pytest.mark.parametrize(
    "line", ["[]", "{}", "null", "{", '{"seq": 1}', '"x"', '{"seq": 1, "at": 3}', "\x00"]
)
def test_what_is_no_entry_is_said_to_be_none(line: str) -> None:
    with pytest.raises(Broken):
        prove(entries_of([line]))


def test_a_log_of_two_companies_is_none() -> None:
    first, second = exported(2)
    second = {**second, "company": "rival"}
    second["hash"] = verify_audit.link_hash(second)
    with pytest.raises(Broken, match="another company"):
        prove([first, second])


def test_words_that_were_sealed_can_be_shown_and_not_replaced() -> None:
    details, words = seal({"by": "x", "reason": "wrong entity"}, "salt")
    assert "wrong" not in str(details)
    assert unsealed(details, words)["reason"] == "wrong entity"
    entry = Entry(actor="ann", what="case.rejected", case=1, details=details)
    made = json.loads(link("corp", (0, GENESIS), entry, NOW).model_dump_json())
    prove([{**made, "opened": {"salt": "salt", "words": words}}])
    with pytest.raises(Broken, match="not those it sealed"):
        prove([{**made, "opened": {"salt": "salt", "words": {"reason": "fine"}}}])


def test_equal_words_do_not_look_equal() -> None:
    one, two = (seal({"sender": "a@b.test"}, salt)[0]["sender"] for salt in ("s", "t"))
    assert one != two


# -- mailboxes ---------------------------------------------------------------------------------


def mail(seq: int, made: str, sender: str = "ops@corp.test") -> EmailMessage:
    message = EmailMessage()
    message["From"] = f'"mailagent" <{sender}>'
    message["Date"] = "Fri, 20 Nov 2026 12:00:00 +0000"
    message["Subject"] = "Done: 1"
    message["X-Mailagent-Audit"] = f"{seq}:{made}"
    message.set_content("Done.")
    return message


def box_of(path: Path, *mails: EmailMessage) -> Path:
    box = mailbox.mbox(path)
    for one in mails:
        box.add(one)
    box.close()
    return path


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The one file, by itself: no package of ours is on the path."""
    command = [sys.executable, "-I", verify_audit.__file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_one_file_runs_by_itself_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    log, file = exported(), tmp_path / "audit.jsonl"
    box = box_of(tmp_path / "box.mbox", *(mail(e["seq"], e["hash"]) for e in log[::10]))
    file.write_text("\n".join(map(json.dumps, log)))
    whole = run(file, "--anchors", box)
    assert whole.returncode == 0
    assert "4 anchors agree" in whole.stdout
    file.write_text("\n".join(map(json.dumps, log[:25])))
    assert run(file).returncode == 0  # it cannot know
    short = run(file, "--anchors", box)
    assert short.returncode == 1
    assert "the end is cut off: the mail of Fri, 20 Nov 2026" in short.stderr
    file.write_text("\n".join(map(json.dumps, rewritten(log, 15))))
    assert "knows another entry 21" in run(file, "--anchors", box).stderr
    assert run(file, "--anchors", box_of(tmp_path / "empty.mbox")).returncode == 2


def test_only_mails_of_the_agent_are_believed(tmp_path: Path) -> None:
    false = mail(9_999, "f" * 64, "mallory@evil.test")
    path = box_of(tmp_path / "box.mbox", false, mail(1, "a" * 64))
    assert [anchor.seq for anchor in anchors_in(path, "ops@corp.test")] == [1]


def test_a_single_mail_and_a_maildir_will_do(tmp_path: Path) -> None:
    single = tmp_path / "one.eml"
    single.write_bytes(mail(3, "a" * 64).as_bytes())
    folder = mailbox.Maildir(tmp_path / "dir")
    folder.add(mail(4, "b" * 64))
    found = [a.seq for path in (single, tmp_path / "dir") for a in anchors_in(path)]
    assert found == [3, 4]


def test_the_verifier_needs_nothing_but_python() -> None:
    code = (
        "import sys, runpy; runpy.run_path(sys.argv[1], run_name='x'); "
        "print([m for m in sys.modules if m.split('.')[0] not in sys.stdlib_module_names "
        "and m not in ('__main__',) and not m.startswith('_')])"
    )
    command = [sys.executable, "-I", "-S", "-c", code, verify_audit.__file__]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_log_without_an_entry_proves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    for content in ("", "\n \n"):
        file.write_text(content)
        ran = run(file)
        assert ran.returncode == 2
        assert "there is no entry in it" in ran.stderr


def test_what_cannot_be_read_is_said_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text("\n".join(map(json.dumps, exported(3))))
    for words in ([tmp_path / "none"], [tmp_path], [file, "--anchors", tmp_path / "no.mbox"]):
        ran = run(*words)
        assert ran.returncode == 2
        assert "cannot be read" in ran.stderr
        assert "Traceback" not in ran.stderr
    assert "an anchor is like" in run(file, "--anchor", "3:whole").stderr


def test_deep_half_and_doubled_lines_are_broken() -> None:
    good = json.dumps(exported(1)[0])
    forged = good.replace('"what": "case.done"', '"what": "case.rejected", "what": "case.done"')
    for line in ("[" * 200_000, good[:-9], "null", good + good):
        with pytest.raises(Broken, match="line 1"):
            prove(entries_of([line]))
    with pytest.raises(Broken, match="what stands twice"):
        prove(entries_of([forged]))


def test_nothing_stands_beside_an_entry() -> None:
    """What no hash covers could be written by anybody."""
    (entry,) = exported(1)
    with pytest.raises(Broken, match="no hash covers: approved_by"):
        prove([{**entry, "approved_by": "ann"}])
    for opened in (None, {}, {"salt": 1, "words": {}}, {"salt": "s", "words": ["reason"]}):
        with pytest.raises(Broken, match="cannot be read"):
            prove([{**entry, "opened": opened}])


def test_a_subject_moves_no_cursor(tmp_path: Path) -> None:
    single = tmp_path / "one.eml"
    raw = mail(3, "a" * 64).as_bytes().replace(b"Done: 1", b"Done\x1b[2J\x1b[Hwhole: 3 entries")
    single.write_bytes(raw)
    (anchor,) = anchors_in(single)
    assert "\x1b" not in anchor.known_from
