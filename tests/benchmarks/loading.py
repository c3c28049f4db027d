"""Fills tables by COPY: without their indexes and constraints, which are made again afterwards, two at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.db import models
from psycopg import sql

from tests import database

# Whatever refers to a primary key needs it to be there, and rising numbers fill it cheaply.
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
"""
# p: primary, c: check, n: not null; all three cost next to nothing while rows come in.
_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint
WHERE conrelid = %s::regclass AND contype NOT IN ('p', 'c', 'n')
"""


@dataclass(frozen=True, slots=True)
class Structure:
    """What a table has beside its rows, as statements: `indexes` read one table, `keys` refer to others."""

    drop: list[str]
    indexes: list[str]
    keys: list[str]


def load(name: str, columns: Mapping[str, str], chunks: Iterable[Mapping[str, str]], preset: Mapping[str, str]) -> None:
    """Put the chunks' rows into the empty tables of the database `name`. `preset`: SQL defaults by type of column."""
    tables = list(columns)
    with bare_tables(lambda: connect(name), tables) as connection:
        defaults = [found for table in tables for found in _defaults(table, columns[table], preset)]
        for table, column, default in defaults:
            connection.execute(_alter(table, column, sql.SQL("SET DEFAULT {}").format(default)))
        for chunk in chunks:
            for table, rows in chunk.items():
                with connection.cursor().copy(copy_into(table, columns[table])) as copy:
                    copy.write(rows)
        for table, column, _default in defaults:
            connection.execute(_alter(table, column, sql.SQL("DROP DEFAULT")))


@contextmanager
def bare_tables(connect: Callable[[], psycopg.Connection], tables: Sequence[str]) -> Iterator[psycopg.Connection]:
    """A transaction in which the tables are empty and without indexes, which are made when it is left."""
    with connect() as connection:
        structure = _structure(connection, tables)
        with connection.transaction():
            for statement in structure.drop:
                connection.execute(statement)
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
            yield connection

    def run(statement: str) -> None:
        with connect() as connection:
            connection.execute(statement)

    with ThreadPoolExecutor(2) as threads:
        # The foreign keys look at the indexes of the tables they refer to.
        for statements in structure.indexes, structure.keys:
            list(threads.map(run, statements))
    with connect() as connection:
        for table in tables:
            connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({table}, 'id'), (SELECT max(id) FROM {name}))").format(
                    table=sql.Literal(table), name=sql.Identifier(table)
                )
            )
        connection.execute("VACUUM (ANALYZE)")


def copy_into(table: str, columns: str) -> sql.Composable:
    """Rows of a table emptied in the same transaction can be written as if they had always been there."""
    return sql.SQL("COPY {} ({}) FROM STDIN (FREEZE)").format(sql.Identifier(table), sql.SQL(columns))


def connect(name: str) -> psycopg.Connection:
    """An autocommit connection to the database `name`, with memory for making indexes."""
    connection = database.connect(name)
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("SET synchronous_commit = off")
    return connection


def _structure(connection: psycopg.Connection, tables: Sequence[str]) -> Structure:
    found = Structure([], [], [])
    for table in tables:
        for name, definition, kind in connection.execute(_CONSTRAINTS, [table]).fetchall():
            found.drop.append(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            again = found.keys if kind == "f" else found.indexes
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for name, definition in connection.execute(_INDEXES, [table]).fetchall():
            found.drop.append(f'DROP INDEX "{name}"')
            found.indexes.append(definition)
        # The rows come with what triggers would have written.
        found.drop.append(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        found.keys.append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return found


def _defaults(table: str, columns: str, preset: Mapping[str, str]) -> list[tuple[str, str, sql.Composable]]:
    """The model's defaults of the columns that no row gives: Django keeps them out of the database."""
    [model] = [model for model in apps.get_models() if model._meta.db_table == table]
    given = columns.split(", ")
    found = []
    for field in model._meta.concrete_fields:
        column = field.column
        if column in given or field.primary_key or field.null or field.db_default is not models.NOT_PROVIDED:
            continue
        if field.get_internal_type() in preset:
            found.append((table, column, sql.SQL(preset[field.get_internal_type()])))
        else:
            found.append((table, column, sql.Literal(field.get_default())))
    return found


def _alter(table: str, column: str, change: sql.Composable) -> sql.Composable:
    return sql.SQL("ALTER TABLE {} ALTER COLUMN {} {}").format(sql.Identifier(table), sql.Identifier(column), change)
