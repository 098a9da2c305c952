"""The database backend named in the settings.

Django asks `select 1` before the first query of every request, which costs as much as a good query.
A connection that the server has closed shows it: there is something to read on its socket. So we
look, and ask only then.
"""

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is trusted while its line is quiet."""

    def is_usable(self) -> bool:
        """Tell whether the kept connection can be used for the next request."""
        if self.connection is None:
            return False
        line = self.connection.pgconn
        if line.status != ConnStatus.OK or line.transaction_status == TransactionStatus.INERROR:
            return False
        watch = select.poll()
        watch.register(line.socket, select.POLLIN)
        return not watch.poll(0) or bool(super().is_usable())
