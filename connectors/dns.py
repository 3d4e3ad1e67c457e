"""The port `Keys` on DNS."""

from collections.abc import Sequence

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver

from mailagent.core.errors import KeysUnavailable

_TIMEOUT = 5.0


class DnsKeys:
    """Asks the system's name servers, or those that are given."""

    def __init__(
        self, nameservers: Sequence[str] = (), *, port: int = 53, timeout: float = _TIMEOUT
    ) -> None:
        self._nameservers, self._port, self._timeout = list(nameservers), port, timeout

    async def record(self, name: str) -> str | None:
        try:
            answer = await self._resolver().resolve(
                dns.name.from_text(name), "TXT", lifetime=self._timeout, search=False
            )
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except (dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel):
            return None  # foreign text that cannot be a name in DNS
        except (dns.exception.DNSException, OSError) as error:
            raise KeysUnavailable(f"DNS gave no answer about {name}: {error}") from error
        return _key(["".join(part.decode("latin-1") for part in txt.strings) for txt in answer])

    def _resolver(self) -> dns.asyncresolver.Resolver:
        resolver = dns.asyncresolver.Resolver(configure=not self._nameservers)
        if self._nameservers:
            resolver.nameservers = self._nameservers
            resolver.port = self._port
        return resolver


async def mail_server(domain: str) -> str:
    """The host that takes mail for a domain first (MX); the domain itself where none is named."""
    try:
        found = await dns.asyncresolver.resolve(domain, "MX", lifetime=_TIMEOUT, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return domain
    except (dns.exception.DNSException, OSError) as error:
        raise KeysUnavailable(f"DNS gave no answer about {domain}: {error}") from error
    first = min(found, key=lambda server: int(server.preference))
    return str(first.exchange).rstrip(".") or domain


def _key(texts: Sequence[str]) -> str | None:
    """RFC 6376, 3.6.2.2: a key record stands alone; other texts may come from a wildcard."""
    if len(texts) == 1:
        return texts[0]
    keys = [text for text in texts if "p=" in text]
    return keys[0] if len(keys) == 1 else None
