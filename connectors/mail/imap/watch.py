"""A thread that listens (IDLE) and tells when something may have arrived."""

import select
import socket
import ssl
import threading
from collections.abc import Callable

from imapclient import IMAPClient

from connectors.mail.imap.connection import connect, hang_up, imap_errors, interrupt
from connectors.server import Server
from mailagent.core.errors import MailagentError, MailboxRefused, MailboxUnavailable


class Watch:
    """Holds a connection of its own, so that nothing else ever waits for it.

    `news` is called (in this thread) for every arrival and whenever listening begins anew, since
    something may have come in between: after any word of the server, also its "still here". It
    is called once more when the watch ends; the reason is then in `trouble`.
    """

    def __init__(
        self, server: Server, news: Callable[[], None], *, renew: float, poll: float
    ) -> None:
        self._server, self._news, self._renew, self._poll = server, news, renew, poll
        self._client: IMAPClient | None = None
        self._stopping = threading.Event()
        self.ended = False
        self.trouble: MailagentError = MailboxUnavailable(f"The watch over {server} ended")
        # A daemon: a connect that hangs must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name=f"watch {server}", daemon=True)
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Ends the thread. While it still connects it is left behind, and closes up itself."""
        self._stopping.set()
        if self._client is not None:
            interrupt(self._client)
        self._thread.join(patience)

    def _run(self) -> None:
        try:
            with imap_errors(self._server):
                self._client = connect(self._server)
                self._listen(self._client)
        except (MailboxUnavailable, MailboxRefused) as trouble:
            self.trouble = trouble
        finally:
            if self._client is not None:
                hang_up(self._client)
            self.ended = True
            if not self._stopping.is_set():
                self._news()

    def _listen(self, client: IMAPClient) -> None:
        client.select_folder("INBOX", readonly=True)
        pause = self._idle if client.has_capability("IDLE") else self._look_again
        while not self._stopping.is_set():
            pause(client)

    def _idle(self, client: IMAPClient) -> None:
        client.idle()
        # Something may have come before, or together with the answer to IDLE: nobody sees that
        # in the driver's buffer.
        self._news()
        _await_data(client.socket(), self._renew)
        if self._stopping.is_set():
            return
        # Not `idle_check`: it fails on a line that arrives in two pieces.
        _, heard = client.idle_done()
        if any(_is_arrival(response) for response in heard):
            self._news()

    def _look_again(self, client: IMAPClient) -> None:
        self._news()
        self._stopping.wait(self._poll)
        client.noop()


def _await_data(connection: socket.socket, seconds: float) -> None:
    if isinstance(connection, ssl.SSLSocket) and connection.pending():
        return
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    poll.poll(seconds * 1000)


def _is_arrival(response: tuple[object, ...]) -> bool:
    # Others are "OK Still here", flags and mails that went away.
    return len(response) > 1 and response[1] == b"EXISTS"
