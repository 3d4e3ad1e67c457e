"""Our folder names (`Ops/Done`) in the way a server spells them (`INBOX.Ops.Done`)."""

from typing import NamedTuple

from imapclient import IMAPClient

OURS = "Ops"


class Spelling(NamedTuple):
    """What a server puts before and between the parts of a folder name."""

    prefix: str
    separator: str

    def theirs(self, folder: str) -> str:
        if folder == "INBOX":
            return folder
        return self.prefix + folder.replace("/", self.separator)

    def ours(self, name: str) -> str:
        return name.removeprefix(self.prefix).replace(self.separator, "/")


def spelling(client: IMAPClient) -> Spelling:
    """Asks the server how it spells the names of personal folders."""
    if client.has_capability("NAMESPACE") and (personal := client.namespace().personal):
        prefix, separator = personal[0]
        return Spelling(prefix, separator or "/")
    listed = client.list_folders("", "")
    separator = listed[0][1] if listed else None
    return Spelling("", separator.decode() if separator else "/")


def list_ours(client: IMAPClient, spelt: Spelling) -> list[str]:
    """The Ops folders that can hold mails, by our names."""
    listed = client.list_folders("", spelt.theirs(f"{OURS}/*"))
    return [spelt.ours(name) for flags, _, name in listed if b"\\Noselect" not in flags]


def make(client: IMAPClient, name: str) -> None:
    """Creates a folder, by the server's name, unless it is there; mail clients then show it."""
    if not client.folder_exists(name):
        client.create_folder(name)
    client.subscribe_folder(name)
