"""Figures for Prometheus: on the loopback, one path, by our own name, with nothing of anybody."""

import asyncio
from datetime import date

import pytest

from connectors.scrape import scraped
from mailagent.core.exposition import exposition
from mailagent.core.figures import Count

WEEK = date(2026, 11, 16)


async def text() -> str:
    return "mailagent_audit_entries 7\n"


async def asked(question: str) -> str:
    async with scraped(0, text) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(question.replace("\n", "\r\n").encode())
        await writer.drain()
        writer.write_eof()
        answer = (await reader.read()).decode()
        writer.close()
        return answer


async def test_the_figures_are_told() -> None:
    answer = await asked("GET /metrics HTTP/1.1\nHost: localhost:9464\n\n")
    assert answer.startswith("HTTP/1.1 200 OK\r\n")
    assert answer.endswith("\r\n\r\nmailagent_audit_entries 7\n")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("GET /metrics HTTP/1.1\nHost: evil.example\n\n", "403"),
        ("GET /metrics HTTP/1.1\n\n", "403"),
        ("GET /metrics HTTP/1.1\nHost: localhost\nHost: evil.example\n\n", "403"),
        ("GET / HTTP/1.1\nHost: localhost\n\n", "404"),
        ("POST /metrics HTTP/1.1\nHost: localhost\n\n", "405"),
        ("GET /metrics", "400"),
        (f"GET /{'x' * 9000} HTTP/1.1\n\n", "400"),
    ],
)
async def test_whoever_else_asks_learns_nothing(question: str, status: str) -> None:
    answer = await asked(question)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "mailagent" not in answer


def test_counts_are_summed_over_weeks_and_money_is_not_told() -> None:
    counts = [
        Count("bills", WEEK, "done", 3),
        Count("bills", date(2026, 11, 9), "done", 2),
        Count('a"b', WEEK, "done", 1),
        Count("bills", WEEK, "done:EUR", 119_000),
        Count("bills", WEEK, "failed:x", 1),
    ]
    said = exposition(counts, {"done": 5}, 42)
    assert 'mailagent_done_total{task="bills"} 5\n' in said
    assert 'mailagent_done_total{task="a\\"b"} 1\n' in said
    assert 'mailagent_cases{state="done"} 5\n' in said
    assert said.endswith("mailagent_audit_entries 42\n")
    assert "EUR" not in said
    assert "failed:" not in said
