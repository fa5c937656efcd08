"""A process that publishes and tells each step as it begins, so that a test can kill it there.

``python publisher.py FILE``; the address comes from the environment.
"""

import os
import sys
from pathlib import Path

from warehouse.postgres.address import parse
from warehouse.postgres.publish import publish


def tell(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    publish(Path(sys.argv[1]), parse(os.environ["COMMUNIQUE_POSTGRES_DSN"]), step=tell)
