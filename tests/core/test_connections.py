"""Connections to PostgreSQL: how they plan, and what becomes of one that the server has ended."""

from django.db import close_old_connections, connection

from bikeens.accounts.models import User
from tests import database


def test_every_connection_plans_as_search_needs_it(commits) -> None:
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('plan_cache_mode'), current_setting('random_page_cost'), current_setting('jit')"
        )
        assert cursor.fetchone() == ("force_generic_plan", "1.1", "off")


def test_a_kept_connection_serves_the_next_request(commits) -> None:
    kept = server_process()
    close_old_connections()
    assert server_process() == kept


def test_a_connection_that_the_server_ended_is_replaced_before_anybody_asks(commits) -> None:
    ended = server_process()
    with database.connect() as server:
        # Waits until that process is gone.
        assert server.execute("SELECT pg_terminate_backend(%s, 10000)", [ended]).fetchone() == (True,)

    close_old_connections()

    assert User.objects.count() == 0
    assert server_process() != ended


def server_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
