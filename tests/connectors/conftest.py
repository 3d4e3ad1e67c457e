"""Until tests/conftest.py names `tests.servers` as a plugin, its fixtures come in here."""

from tests.servers import (  # noqa: F401
    embedded_servers,
    embedded_thread,
    mail_stack,
    mailservers,
    real_servers,
)
