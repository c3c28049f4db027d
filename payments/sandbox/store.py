"""Everything the stand-in remembers, in one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payments.sandbox.json_types import JsonObject

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    due INTEGER,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_due ON objects (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_intent ON objects (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS objects_customer ON objects (kind, json_extract(body, '$.customer'));
CREATE INDEX IF NOT EXISTS objects_group ON objects (kind, json_extract(body, '$.transfer_group'));
CREATE INDEX IF NOT EXISTS objects_source ON objects (kind, json_extract(body, '$.source_transaction'));
CREATE INDEX IF NOT EXISTS objects_charge ON objects (kind, json_extract(body, '$.charge'));
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created INTEGER NOT NULL,
    status INTEGER NOT NULL, body TEXT NOT NULL, request_id TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_age ON answers (created);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL, endpoint TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL, done INTEGER NOT NULL DEFAULT 0, last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_open ON deliveries (next_at) WHERE done = 0;
CREATE TABLE IF NOT EXISTS calls (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL, at REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    idempotency_key TEXT, params TEXT NOT NULL, status INTEGER, note TEXT
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
FORGET = (
    "DELETE FROM objects",
    "DELETE FROM answers",
    "DELETE FROM deliveries",
    "DELETE FROM calls",
    "DELETE FROM notes",
)


# A piece of SQL about `seq` or `body`, and its one value.
Condition = tuple[str, object]


def equals(name: str, value: object) -> Condition:
    """The field of the object has this value."""
    return f"json_extract(body, '$.{name}') = ?", value


class Store:
    """One connection, one writer at a time; every request is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # Survives the death of the process; a power cut may cost the last answers, which is fine for a stand-in.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested calls join the outer one."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """The rows a statement answers with."""
        with self._lock:
            return list(self._db.execute(sql, values))

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; the number of rows it touched."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def insert(self, obj: JsonObject) -> JsonObject:
        """Keep a new object; its `_due` is the second (Unix time) at which it changes by itself."""
        self.run(
            "INSERT INTO objects (id, kind, due, body) VALUES (?, ?, ?, ?)",
            obj["id"],
            obj["object"],
            obj.get("_due"),
            json.dumps(obj),
        )
        return obj

    def save(self, obj: JsonObject) -> JsonObject:
        """Keep an object's new content."""
        self.run("UPDATE objects SET body = ?, due = ? WHERE id = ?", json.dumps(obj), obj.get("_due"), obj["id"])
        return obj

    def delete(self, id: str) -> None:
        """Forget an object."""
        self.run("DELETE FROM objects WHERE id = ?", id)

    def get(self, kind: str, id: str) -> JsonObject | None:
        """One object by its id, if it is of that kind."""
        rows = self.rows("SELECT body FROM objects WHERE id = ? AND kind = ?", id, kind)
        return _load(rows[0][0]) if rows else None

    def any(self, id: str) -> JsonObject | None:
        """One object by its id, whatever it is."""
        rows = self.rows("SELECT body FROM objects WHERE id = ?", id)
        return _load(rows[0][0]) if rows else None

    def find(self, kind: str, **fields: object) -> list[JsonObject]:
        """All objects of a kind whose fields have these values, newest first."""
        return self.select(kind, [equals(name, value) for name, value in fields.items()])

    def select(
        self, kind: str, conditions: list[Condition], *, limit: int = -1, oldest_first: bool = False
    ) -> list[JsonObject]:
        """Objects of a kind for which every condition holds, newest first; `limit` of -1 is all."""
        sql = " AND ".join(["SELECT body FROM objects WHERE kind = ?", *(piece for piece, _ in conditions)])
        sql += f" ORDER BY seq {'ASC' if oldest_first else 'DESC'} LIMIT ?"
        return [_load(row[0]) for row in self.rows(sql, kind, *(value for _, value in conditions), limit)]

    def seq(self, kind: str, id: str) -> int | None:
        """The place of an object in the order in which they came."""
        rows = self.rows("SELECT seq FROM objects WHERE id = ? AND kind = ?", id, kind)
        return int(str(rows[0][0])) if rows else None

    def due(self, now: int) -> list[JsonObject]:
        """Objects whose moment has come, oldest first."""
        return [_load(row[0]) for row in self.rows("SELECT body FROM objects WHERE due <= ? ORDER BY due, seq", now)]

    def note(self, name: str, default: object = None) -> object:
        """A remembered setting of the stand-in itself."""
        rows = self.rows("SELECT value FROM notes WHERE name = ?", name)
        value: object = json.loads(str(rows[0][0])) if rows else default
        return value

    def set_note(self, name: str, value: object) -> None:
        """Remember a setting."""
        self.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", name, json.dumps(value))

    def wipe(self) -> None:
        """Forget everything."""
        with self.transaction():
            for statement in FORGET:
                self.run(statement)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()


def _load(body: object) -> JsonObject:
    loaded: JsonObject = json.loads(str(body))
    return loaded
