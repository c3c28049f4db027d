"""Lines of the log without what is private."""

import logging
import re
from typing import Any

# PostgreSQL repeats the row, or the statement with its values: addresses and frame numbers are among them.
_REPEATED = re.compile(
    r"^(?:DETAIL|CONTEXT|LINE \d+):.*?(?=\n\n(?:The above exception was|During handling of)|\Z)",
    re.MULTILINE | re.DOTALL,
)


class LineFormatter(logging.Formatter):
    """Tracebacks keep the kind of an error, its constraint and its place."""

    def formatException(self, ei: Any) -> str:
        return _REPEATED.sub("(what PostgreSQL repeats is left out)", super().formatException(ei))
