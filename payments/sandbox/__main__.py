"""`python -m payments.sandbox`: the stand-in without Django, for tests that need only it."""

import argparse
import sys
from pathlib import Path

from payments.sandbox.config import DEFAULT_PORT, LOCAL_SECRETS, Config
from payments.sandbox.server import CannotListen, serve


def _say(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="sandbox", description="The local Stripe.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 picks a free one")
    parser.add_argument("--state", type=Path, required=True, help="the SQLite file that remembers everything")
    parser.add_argument("--webhooks", help="address of the site that gets the events")
    options = parser.parse_args()
    config = Config(state=options.state, port=options.port, webhooks=options.webhooks, secrets=dict(LOCAL_SECRETS))
    try:
        serve(config, _say)
    except CannotListen as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
