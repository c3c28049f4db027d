"""Django's PostgreSQL backend: its connections plan as search needs it, and show without a question that they live."""

import select

from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe

# A prepared statement is planned once, for whatever values: planning a search takes longer than finding. The data of
# search are in memory, where a page here and there costs hardly more than the next one; with PostgreSQL's own guess,
# made for turning disks, it would collect a whole disc of bikes and sort it.
PLANNER = (
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', false), set_config('random_page_cost', '1.1', false),"
    " set_config('jit', 'off', false)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    # How long a statement may take on connections made from now on, as PostgreSQL writes it. Empty: as the server says.
    statement_timeout = ""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        assert self.connection is not None
        self.connection.execute(PLANNER)
        if self.statement_timeout:
            self.connection.execute("SELECT set_config('statement_timeout', %s, false)", [self.statement_timeout])
        if not self.get_autocommit():
            self.connection.commit()

    @async_unsafe
    def is_usable(self) -> bool:
        """Whether a kept connection is still there. Nothing is on its way to us between two requests but the server's
        good-bye, so a silent socket is a living one; asking would cost each request a round trip."""
        if self.connection is None or self.connection.broken:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
