"""Settings from the environment: a value that is unknown or malformed stops the start, and the message names it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from bikeens.environment import Environment, EnvironmentInvalid


def refusal(read, **values):
    with pytest.raises(EnvironmentInvalid) as caught:
        read(Environment(values))
    return str(caught.value)


def test_what_is_not_set_takes_its_default():
    env = Environment({"A": "  ", "B": ""})
    assert env.text("A", "x") == "x"
    assert env.choice("B", "b", ("a", "b")) == "b"
    assert env.flag("C", True) is True
    assert env.whole("D", 7, lowest=0, highest=9) == 7
    assert env.address("E", "http://localhost:8000") == "http://localhost:8000"
    assert env.database("F") is None
    assert not env.has("A")


def test_what_is_set_is_read():
    env = Environment({"A": " x ", "B": "yes", "C": "09", "D": "https://bikeens.example/"})
    assert env.text("A", "") == "x"
    assert env.has("A")
    assert env.flag("B", False) is True
    assert env.whole("C", 0, lowest=0, highest=9) == 9
    assert env.address("D", "") == "https://bikeens.example"


@pytest.mark.parametrize("value", ["true", "1", "YES", "on"])
def test_a_flag_is_yes_or_no(value):
    assert refusal(lambda env: env.flag("BIKEENS_DEBUG", False), BIKEENS_DEBUG=value) == (
        f"BIKEENS_DEBUG is {value!r}: it must be one of yes, no."
    )


@pytest.mark.parametrize("value", ["nine", "9.5", "9%", "0x9"])
def test_a_number_is_whole(value):
    said = refusal(lambda env: env.whole("FEE", 9, lowest=0, highest=50), FEE=value)
    assert said == f"FEE is {value!r}: it must be a whole number."


@pytest.mark.parametrize("value", ["-1", "51"])
def test_a_number_lies_in_its_bounds(value):
    said = refusal(lambda env: env.whole("FEE", 9, lowest=0, highest=50), FEE=value)
    assert said == f"FEE is {value}: it must lie between 0 and 50."


@pytest.mark.parametrize(
    "value",
    [
        "bikeens.example",
        "ftp://bikeens.example",
        "https://",
        "https://bikeens.example/path",
        "https://bikeens.example?x=1",
        "https://bikeens.example#top",
        "https://user:pass@bikeens.example",
        "https://bikeens.example:port",
        "https://bike ens.example",
    ],
)
def test_an_address_is_scheme_host_and_port(value):
    assert refusal(lambda env: env.address("URL", ""), URL=value).startswith(f"URL is {value!r}: it must be an address")


@pytest.mark.parametrize(
    "value", ["cdn.example/x", "https://cdn.example/x?y=1", "https://u:p@cdn.example", "https://a/b c"]
)
def test_a_folder_is_an_address_that_may_have_a_path(value):
    assert Environment({"URL": "https://cdn.example/photos/"}).folder("URL", "") == "https://cdn.example/photos"
    assert Environment({}).folder("URL", "") == ""
    assert refusal(lambda env: env.folder("URL", ""), URL=value).startswith(f"URL is {value!r}: it must be an address")


@pytest.mark.parametrize(
    "value", ["mysql://u@h/n", "postgresql://u@h", "postgresql://u@h/", "nonsense", "postgresql://u@h:port/n"]
)
def test_a_database_is_a_postgresql_address(value):
    said = refusal(lambda env: env.database("DATABASE_URL"), DATABASE_URL=value)
    assert said == "DATABASE_URL must look like postgresql://user:password@host:5432/name."


def test_a_database_address_is_taken_apart():
    env = Environment({"DATABASE_URL": "postgresql://us%40er:p%2Fw@db.example:5433/bike%20s?sslmode=require"})
    read = env.database("DATABASE_URL")
    assert read == {
        "ENGINE": "bikeens.core.postgresql",
        "NAME": "bike s",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_can_be_a_socket():
    read = Environment({"D": "postgresql://u@/n?host=/run/pg"}).database("D")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/pg", "", {})


def test_a_misspelt_name_is_refused():
    env = Environment({"BIKEENS_DEBUGG": "yes", "OTHER": "x", "BIKEENS_DEBUG": "no"})
    env.flag("BIKEENS_DEBUG", False)
    with pytest.raises(EnvironmentInvalid, match=r"Unknown settings in the environment: BIKEENS_DEBUGG\."):
        env.refuse_unknown(("BIKEENS_",))


PRODUCTION = {
    "BIKEENS_ENV": "production",
    "BIKEENS_SECRET_KEY": "k" * 50,
    "BIKEENS_LOCATION_SECRET": "l" * 50,
    "BIKEENS_PUBLIC_URL": "https://bikeens.example",
    "DATABASE_URL": "postgresql://u:p@db.example/bikeens",
    "STRIPE_SECRET_KEY": "sk_live_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
    "STRIPE_CONNECT_WEBHOOK_SECRET": "whsec_2",
    "STRIPE_THIN_WEBHOOK_SECRET": "whsec_3",
    "EMAIL_HOST": "smtp.example",
}


IN_S3 = {
    "BIKEENS_STORAGE": "s3",
    "BIKEENS_S3_BUCKET": "photos",
    "BIKEENS_S3_PUBLIC_URL": "https://cdn.example/photos",
}


def start(**changes):
    """What importing the settings says in a process of its own: "" when it starts."""
    ours = ("BIKEENS_", "STRIPE_", "EMAIL_", "DATABASE_URL", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    values = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", "import bikeens.settings"],
        env=clean | values,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_production_starts_when_all_is_said():
    assert start() == ""
    assert start(**IN_S3, BIKEENS_S3_ACCESS_KEY="k", BIKEENS_S3_SECRET_KEY="s") == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"BIKEENS_SECRET_KEY": None}, "BIKEENS_SECRET_KEY is the public default"),
        ({"BIKEENS_LOCATION_SECRET": None}, "BIKEENS_LOCATION_SECRET is the public default"),
        ({"BIKEENS_PUBLIC_URL": None}, "BIKEENS_PUBLIC_URL is missing"),
        ({"BIKEENS_DEBUG": "yes"}, "BIKEENS_DEBUG is on"),
        ({"DATABASE_URL": None}, "DATABASE_URL is missing"),
        ({"STRIPE_SECRET_KEY": None}, "STRIPE_SECRET_KEY is missing"),
        ({"STRIPE_WEBHOOK_SECRET": None}, "WEBHOOK_SECRET is missing"),
        ({"STRIPE_CONNECT_WEBHOOK_SECRET": None}, "WEBHOOK_SECRET is missing"),
        ({"STRIPE_THIN_WEBHOOK_SECRET": None}, "WEBHOOK_SECRET is missing"),
        ({"EMAIL_HOST": None}, "EMAIL_HOST is missing"),
        ({"BIKEENS_PUBLIC_URL": "http://bikeens.example"}, "BIKEENS_PUBLIC_URL is not https"),
        ({"BIKEENS_ENV": "prod"}, "BIKEENS_ENV is 'prod'"),
        ({"BIKEENS_SECRETKEY": "x"}, "Unknown settings in the environment: BIKEENS_SECRETKEY"),
        ({"STRIPE_KEY": "x"}, "Unknown settings in the environment: STRIPE_KEY"),
        ({"BIKEENS_SECRET_KEY": "short"}, "BIKEENS_SECRET_KEY is shorter than 32 characters"),
        ({"BIKEENS_STORAGE": "ftp"}, "BIKEENS_STORAGE is 'ftp': it must be one of disk, s3"),
        ({"BIKEENS_S3_BUCKET": "photos"}, "BIKEENS_S3_… is set, but BIKEENS_STORAGE is disk"),
        (IN_S3 | {"BIKEENS_S3_BUCKET": None}, "BIKEENS_S3_BUCKET is missing"),
        (IN_S3 | {"BIKEENS_S3_PUBLIC_URL": None}, "BIKEENS_S3_PUBLIC_URL is missing"),
        (IN_S3 | {"BIKEENS_S3_PUBLIC_URL": "http://cdn.example"}, "BIKEENS_S3_PUBLIC_URL is not https"),
        (IN_S3 | {"BIKEENS_S3_ENDPOINT": "http://s3.example"}, "BIKEENS_S3_ENDPOINT is not https"),
        (IN_S3 | {"BIKEENS_S3_ACCESS_KEY": "k"}, "only one is set"),
    ],
)
def test_production_refuses_to_start_and_says_why(changes, said):
    answer = start(**changes)
    assert answer.startswith("bikeens.environment.EnvironmentInvalid")
    assert said in answer


def test_every_reason_is_said_at_once():
    answer = start(BIKEENS_SECRET_KEY=None, DATABASE_URL=None, EMAIL_HOST=None)
    assert "BIKEENS_SECRET_KEY" in answer
    assert "DATABASE_URL" in answer
    assert "EMAIL_HOST" in answer


def test_a_bare_machine_needs_no_settings():
    assert start(**dict.fromkeys(PRODUCTION)) == ""
