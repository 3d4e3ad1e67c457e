"""Until tests/conftest.py names them as plugins, the shared fixtures come in here."""

from tests.agent import firm, signer, warm_reader  # noqa: F401
from tests.faults.crash import agents, enrolled_home, site  # noqa: F401
from tests.servers import (  # noqa: F401
    embedded_servers,
    embedded_thread,
    mail_stack,
    real_servers,
)
