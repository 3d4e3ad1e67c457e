import pytest

from bench.figures import HEAD, Figures, figures, table
from bench.spans import Span, Spans, rows


def test_the_middle_the_edge_and_the_ends() -> None:
    found = figures([n / 100 for n in range(1, 102)])

    assert found.median == pytest.approx(0.51)
    assert found.p95 == pytest.approx(0.96)
    assert (found.least, found.most) == (0.01, 1.01)


@pytest.mark.parametrize("count", [1, 2, 3, 20])
def test_the_p95_is_never_outside_what_was_measured(count: int) -> None:
    found = figures([0.001] * (count - 1) + [0.5])

    assert found.least <= found.median <= found.p95 <= found.most == 0.5


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        figures([])


def test_a_table_for_people_and_one_for_the_docs() -> None:
    rows_ = [Figures(0.0125, 0.2, 0.001, 1.5).row("net")]

    assert table(HEAD, rows_).splitlines()[1] == "net    12.5  200.0  1.0  1500.0"
    assert table(HEAD, rows_, markdown=True).splitlines() == [
        "| ms  | median |   p95 | min |    max |",
        "| --- | -----: | ----: | --: | -----: |",
        "| net |   12.5 | 200.0 | 1.0 | 1500.0 |",
    ]


def test_spans_of_one_name_are_summed_up_and_start_with_the_first() -> None:
    first = (10.0, [Span("fetch", 10.010, 10.020), Span("put", 10.025, 10.026)])
    second = (20.0, [Span("put", 20.001, 20.002), Span("put", 20.030, 20.032)])

    assert rows([first, second]) == [
        ("fetch", "10.0", "10.0"),
        ("put", "13.0", "2.0"),
    ]


def test_a_commit_is_timed_from_its_probe_before_to_its_probe_after() -> None:
    spans = Spans()
    for point in ("read: before commit", "read: committed", "ingest: committed"):
        spans.probe(point)

    assert [span.name for span in spans.done] == ["read: commit"]
