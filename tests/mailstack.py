"""A throw-away Dovecot and Postfix on loopback, with a certificate authority made at run time."""

import contextlib
import ipaddress
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, timedelta
from email.utils import localtime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
FOLDERS = ("Archive", "Drafts", "Junk", "Sent", "Trash")
# Owns the mails; belongs to nobody.
_UID = 20017
# Below what Linux gives to whoever asks for any port, or calls out from one.
_NOT_GIVEN_AWAY = range(20_000, 32_000)
_SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

_DOVECOT = """
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
hostname = mx.{domain}
postmaster_address = postmaster@{domain}
ssl = yes
ssl_cert = <{dir}/cert.pem
ssl_key = <{dir}/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = sdbox:~/mail
mail_fsync = never
first_valid_uid = {uid}
last_valid_uid = {uid}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mail_max_userip_connections = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {dir}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={dir}/home/%n
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
{folders}
}}
service imap-login {{
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  process_min_avail = 1
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener {dir}/login/auth {{
    mode = 0666
  }}
}}
service anvil {{
  # makes everybody wait after a wrong password
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""

_MAIN_CF = """
compatibility_level = 3.6
queue_directory = {dir}/postfix/spool
data_directory = {dir}/postfix/data
daemon_directory = {daemons}
maillog_file_prefixes = {dir}
maillog_file = {dir}/postfix.log
myhostname = mx.{domain}
mydomain = {domain}
mydestination =
mynetworks = 127.0.0.255/32
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
disable_dns_lookups = yes
smtpd_peername_lookup = no
default_transport = error:5.7.1 nothing leaves this machine
relay_transport = error:5.7.1 nothing leaves this machine
recipient_delimiter = +
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{dir}/postfix/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_tls_security_level = may
smtpd_tls_cert_file = {dir}/cert.pem
smtpd_tls_key_file = {dir}/key.pem
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dir}/login/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
message_size_limit = 67108864
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_error_sleep_time = 0
in_flow_delay = 0
# What a mail says about its authentication is dropped; what smtpd found out comes in under a
# name that nobody can guess and leaves under the true one.
header_checks = regexp:{dir}/postfix/verdicts
nested_header_checks =
"""

_MASTER_CF = """
127.0.0.1:{smtp}        inet n - n - - smtpd
  -o smtpd_data_restrictions=check_client_access,regexp:{dir}/postfix/anybody
127.0.0.1:{submission}  inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
  -o smtpd_data_restrictions=check_sasl_access,regexp:{dir}/postfix/logged_in
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{submissions} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
  -o smtpd_data_restrictions=check_sasl_access,regexp:{dir}/postfix/logged_in
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
cleanup   unix n - n -  0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n -  - trivial-rewrite
bounce    unix - - n -  0 bounce
defer     unix - - n -  0 bounce
trace     unix - - n -  0 bounce
verify    unix - - n -  1 verify
proxymap  unix - - n -  - proxymap
error     unix - - n -  - error
retry     unix - - n -  - error
lmtp      unix - - n -  - lmtp
anvil     unix - - n -  1 anvil
scache    unix - - n -  1 scache
postlog   unix-dgram n - n - 1 postlogd
"""

_SPOOLS = (
    *("active", "bounce", "corrupt", "defer", "deferred"),
    *("flush", "hold", "incoming", "private", "trace"),
)
# name, owner, group, mode: what `postfix check` would make in a second of shell
_QUEUE = [
    *((name, "postfix", "root", 0o700) for name in _SPOOLS),
    ("pid", "root", "root", 0o755),
    ("public", "postfix", "postdrop", 0o2710),
    ("maildrop", "postfix", "postdrop", 0o1730),
]


class MailStack:
    """Users are `name@domain`, all with one password; `name+anything@domain` reaches them, too."""

    def __init__(
        self,
        domain: str,
        users: Iterable[str],
        password: str,
        *,
        prefix: str = "",
        separator: str = "/",
    ) -> None:
        self.prefix, self.separator = prefix, separator
        self.domain, self.users, self.password = domain, tuple(users), password
        # Not under pytest's: the servers' own users must get through, and paths of sockets are
        # short.
        self.dir = Path(tempfile.mkdtemp(prefix="mailstack-"))
        names = ("imap", "imaps", "lmtp", "smtp", "submission", "submissions")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def ca(self) -> Path:
        return self.dir / "ca.pem"

    def start(self) -> None:
        self.start_mailboxes()
        self._configure_postfix()
        postfix = self._daemons() / "master"
        self._run("postfix", [str(postfix), "-c", str(self.dir / "postfix"), "-d"])
        for name in ("smtp", "submission"):
            await_greeting(self.ports[name])

    def start_mailboxes(self) -> None:
        """Dovecot alone: nothing is sent."""
        self.dir.chmod(0o755)
        make_certificates(self.dir, f"mx.{self.domain}")
        self._configure_dovecot()
        self.start_dovecot()

    def start_dovecot(self) -> None:
        dovecot = shutil.which("dovecot", path=_SBIN) or "dovecot"
        self._run("dovecot", [dovecot, "-F", "-c", str(self.dir / "dovecot.conf")])
        for name in ("imap", "lmtp"):
            await_greeting(self.ports[name])

    def kill_dovecot(self) -> None:
        """Ends it with all its children; `start_dovecot` brings it back."""
        os.killpg(self._processes["dovecot"].pid, signal.SIGKILL)
        self._processes["dovecot"].wait(10)

    def stop(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(10)
        shutil.rmtree(self.dir, ignore_errors=True)

    def empty(self) -> None:
        """Forgets every mail and folder of every user."""
        home = self.dir / "home"
        gone = self.dir / f"gone-{secrets.token_hex(4)}"
        home.rename(gone)
        self._make_home()
        shutil.rmtree(gone, ignore_errors=True)

    def _run(self, name: str, command: list[str]) -> None:
        with (self.dir / "processes.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _make_home(self) -> None:
        home = self.dir / "home"
        home.mkdir()
        os.chown(home, _UID, _UID)

    def _configure_dovecot(self) -> None:
        for name in ("run", "state", "login"):
            (self.dir / name).mkdir()
        self._make_home()
        rows = [f"{user}@{self.domain}:{{PLAIN}}{self.password}::::::" for user in self.users]
        self._write("users", "\n".join(rows))
        folders = "\n".join(
            f"  mailbox {name} {{\n    auto = subscribe\n    special_use = \\{name}\n  }}"
            for name in FOLDERS
        )
        self._write("dovecot.conf", _DOVECOT.format(folders=folders, uid=_UID, **self._facts()))

    def _configure_postfix(self) -> None:
        home = self.dir / "postfix"
        (home / "spool").mkdir(parents=True)
        (home / "data").mkdir()
        shutil.chown(home / "data", "postfix")
        for name, owner, group, mode in _QUEUE:
            (home / "spool" / name).mkdir()
            shutil.chown(home / "spool" / name, owner, group)
            (home / "spool" / name).chmod(mode)
        facts = self._facts()
        self._write("postfix/main.cf", _MAIN_CF.format(daemons=self._daemons(), **facts))
        self._write("postfix/master.cf", _MASTER_CF.format(**facts))
        self._write("postfix/mailboxes", "".join(f"{u}@{self.domain} x\n" for u in self.users))
        proved = f"X-Proved-{secrets.token_hex(16)}"
        self._write("postfix/anybody", f"/./ PREPEND {proved}: auth=none\n")
        self._write("postfix/logged_in", f"/(.+)/ PREPEND {proved}: auth=pass smtp.auth=$1\n")
        self._write(
            "postfix/verdicts",
            "/^Authentication-Results:/ IGNORE\n"
            f"/^{proved}: (.*)$/ REPLACE Authentication-Results: mx.{self.domain}; $1\n",
        )

    def _facts(self) -> dict[str, object]:
        quoted = self.separator.replace("\\", "\\\\")
        spelt = {"prefix": self.prefix, "separator": f'"{quoted}"'}
        return {"dir": self.dir, "domain": self.domain, **spelt, **self.ports}

    def _daemons(self) -> Path:
        postconf = shutil.which("postconf", path=_SBIN) or "postconf"
        said = subprocess.run(
            [postconf, "-dh", "daemon_directory"], capture_output=True, check=True
        )
        return Path(said.stdout.decode().strip())

    def _write(self, name: str, text: str) -> None:
        path = self.dir / name
        path.write_text(text)
        an_hour_ago = path.stat().st_mtime - 3600
        os.utime(path, (an_hour_ago, an_hour_ago))  # Postfix waits until a file is not fresh


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now, and that no system gives away by itself until we do."""
    found: list[int] = []
    while len(found) < count:
        port = secrets.choice(_NOT_GIVEN_AWAY)
        with contextlib.suppress(OSError), socket.socket() as one:
            one.bind((HOST, port))
            found.extend({port}.difference(found))
    return found


def await_greeting(port: int, seconds: float = 10.0) -> None:
    """Returns when a server says its first word."""
    patience = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1.0) as client:
            client.settimeout(seconds)
            if client.recv(1):
                return
        if time.monotonic() > patience:
            raise TimeoutError(f"nobody answers on port {port}")
        time.sleep(0.01)


def make_certificates(folder: Path, name: str) -> None:
    """ca.pem, cert.pem and key.pem: for localhost, 127.0.0.1 and a name."""
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    authority = (
        _certificate("a test authority", ca_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(ca, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    names = [
        x509.DNSName("localhost"),
        x509.DNSName(name),
        x509.IPAddress(ipaddress.ip_address(HOST)),
    ]
    server = (
        _certificate(name, key)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ca), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(authority.public_bytes(pem))
    (folder / "cert.pem").write_bytes(server.public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    )


def _certificate(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = localtime().astimezone(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test authority")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
