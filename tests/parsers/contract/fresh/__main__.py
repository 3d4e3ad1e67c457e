"""How much of fresh contracts is read: `python -m tests.parsers.contract.fresh [SET ...]`."""

import sys

from tests.parsers.contract.fresh.scoring import contracts, told

for name in sys.argv[1:] or ["first", "second", "third", "fourth"]:
    sys.stdout.writelines(f"{line}\n" for line in (name, *told(contracts(name))))
