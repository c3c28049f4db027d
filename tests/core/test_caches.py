"""A full cache frees no rate limit, and what has expired goes."""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection
from psycopg import sql

from bikeens.accounts.actions import open_account
from bikeens.core import clock
from bikeens.core.tasks import forget_expired
from bikeens.core.turns import take_turn
from tests.accounts.browser import Browser, errors_of

pytestmark = pytest.mark.django_db
PASSWORD = "a bike in every street"
KEPT_S = 3600


@pytest.mark.parametrize("name", ["default", "answers"])
def test_a_thousand_other_entries_free_nobody_from_the_limit_of_sign_ins(name):
    dora = open_account(email="dora@example.com", name="Dora", password=PASSWORD, language="fr")
    browser = Browser()
    for _ in range(5):
        browser.post("/auth/login", email=dora.email, password="not it")

    # Django throws the first keys away: some of these come after allauth's, whose keys begin with its name.
    for number in range(1_000):
        caches[name].set(f"{'az'[number % 2]}:{number}", number, KEPT_S)

    answer = browser.post("/auth/login", email=dora.email, password=PASSWORD)
    assert (answer.status_code, errors_of(answer)) == (400, [(None, "too_many_login_attempts")])
    assert not browser.signed_in


def test_counts_of_turns_go_when_they_have_ended():
    for key, within in (("gone", timedelta(minutes=1)), ("kept", timedelta(hours=1))):
        take_turn(key, most=5, within=within, now=clock.now())
    clock.travel(timedelta(minutes=2))

    forget_expired(timestamp=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM turns")
        assert cursor.fetchall() == [("kept",)]


@pytest.mark.parametrize(("name", "table"), [("default", "cache"), ("answers", "cache_answers")])
def test_what_has_expired_is_deleted_and_the_rest_stays(name, table):
    cache.clear()
    caches[name].set("gone", 1, -60)
    caches[name].set("kept", 1, KEPT_S)

    forget_expired(timestamp=0)

    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT cache_key FROM {}").format(sql.Identifier(table)))
        assert cursor.fetchall() == [(":1:kept",)]
