"""The API version the installed `stripe` library speaks, read from its source: importing it all costs half a second."""

import re
from importlib.util import find_spec
from pathlib import Path


def _read() -> str:
    spec = find_spec("stripe")
    if spec is None or spec.origin is None:
        raise RuntimeError("The stripe library is not installed.")
    text = (Path(spec.origin).parent / "_api_version.py").read_text()
    found = re.search(r'CURRENT = "([^"]+)"', text)
    if found is None:
        raise RuntimeError("The stripe library no longer says its API version in _api_version.py.")
    return found[1]


API_VERSION = _read()
