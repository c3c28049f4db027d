"""The rules of the house that no other tool checks."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from rest_framework.test import APIClient

ROOT = Path(settings.BASE_DIR)
LONGEST = 400
WRITTEN = {".py", ".ts", ".svelte", ".css", ".html", ".txt", ".md", ".mjs", ".js", ".sql", ".sh", ".toml", ".svg"}
# Locks, what a tool writes, texts and data: their length says nothing about their reader's effort.
NOT_WRITTEN = re.compile(
    r"(^|/)(migrations|messages|locale|drawings|screens)/|^requirements.*\.txt$|package-lock\.json$"
    r"|(^|/)(schema\.d\.ts|schema\.ts|openapi\.json)$"
)
# In two pieces, or this file would name them.
REGISTRIES = [f"{host}.{end}" for host, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))] + [
    f"{host}.{end}" for host, end in (("npmjs", "com"), ("yarnpkg", "com"), ("jfrog", "io"))
]


def files() -> list[str]:
    """Every file that is or will be committed, as git sees it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def text_of(path: str) -> str:
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_is_longer_than_a_person_reads_at_once():
    lengths = {
        path: text_of(path).count("\n")
        for path in files()
        if Path(path).suffix in WRITTEN and not NOT_WRITTEN.search(path)
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_no_file_names_a_package_registry():
    found = {path for path in files() for host in REGISTRIES if host in text_of(path)}
    assert found == set()


def test_no_room_is_called_after_nothing():
    nothing = {"utils.py", "helpers.py", "common.py", "managers.py", "misc.py", "signals.py"}
    assert [path for path in files() if Path(path).name in nothing] == []


def test_no_test_sleeps_skips_or_fakes_our_own_code():
    wrong = re.compile(r"time\.sleep\(|pytest\.mark\.(skip|xfail)|pytest\.skip\(|unittest\.mock|mocker\b")
    here = Path(__file__).relative_to(ROOT).as_posix()
    sinners = [
        path
        for path in files()
        if path.startswith("tests/") and path.endswith(".py") and path != here and wrong.search(text_of(path))
    ]
    assert sinners == []


# --- who may call what ---------------------------------------------------------------------------------------

# Open to everybody: what a visitor sees without an account, and what Stripe signs.
OPEN = re.compile(
    r"^(schema|people/<uuid:\w+>|places(/.*)?|search(/.*)?|searches/stop|sizes|listings/<uuid:\w+>(/(availability|quote))?"
    r"|stripe/webhooks/.*)$"
)


# What is not there is gone already: taking it away again is no error.
AGAIN = {("delete", "my/saved/<uuid:listing>")}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield path
        else:
            yield from routes(entry, path)


def api_routes() -> list[str]:
    found = [path.removeprefix("api/") for path in routes(get_resolver()) if path.startswith("api/")]
    assert len(found) > 10
    return found


def filled(route: str) -> str:
    """An address of the route, with an id that nothing has."""
    return re.sub(r"<(\w+):\w+>", lambda part: str(uuid4()) if part[1] == "uuid" else "1", f"/api/{route}")


@pytest.mark.parametrize("route", [route for route in api_routes() if not OPEN.match(route)])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_nobody_signed_in_is_told_so_and_no_more(db, route, method):
    answer = getattr(APIClient(), method)(filled(route), {}, format="json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "not_signed_in"


@pytest.mark.parametrize("route", [route for route in api_routes() if "<uuid:" in route])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_what_does_not_exist_is_not_found_or_refused_and_never_an_error(db, api, carol, route, method):
    answer = getattr(api(carol), method)(filled(route), {}, format="json")
    if (method, route) in AGAIN:
        assert (answer.status_code, answer.content) == (204, b"")
        return
    assert answer.status_code in (400, 404, 405, 409, 415)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("route", [route for route in api_routes() if OPEN.match(route) and route != "schema"])
def test_what_is_open_answers_nobody_without_an_error(db, route):
    assert APIClient().get(filled(route)).status_code in (200, 400, 404, 405)
