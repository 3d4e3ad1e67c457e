"""Tests cannot reach the network, and can reach this machine."""

import socket

import pytest


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as line, pytest.raises(RuntimeError, match=r"tried to reach 192\.0\.2\.1"):
        line.connect(("192.0.2.1", 25))


def test_names_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"tried to reach mail\.example"):
        socket.getaddrinfo("mail.example", 25)


def test_datagrams_stay_here_too() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as line,
        pytest.raises(RuntimeError, match=r"192\.0\.2\.53"),
    ):
        line.sendto(b"?", ("192.0.2.53", 53))


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
