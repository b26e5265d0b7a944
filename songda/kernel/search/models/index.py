"""The index of terms 倒排索引: FTS5 on SQLite, tsvector with GIN on PostgreSQL, behind one field and one lookup.

Terms are made by `rules.terms` alone. Neither database splits words, folds case or knows a language here, so both find the same.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from songda.kernel.search.rules.terms import Asked

TermsSql = tuple[str, list[Any]]


class TermsField(models.TextField[Any, Any]):
    """Terms joined by blanks; on PostgreSQL a tsvector made of them without a parser."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """`tsvector` or `text`."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, _value: object, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        """How a value is written."""
        return "array_to_tsvector(string_to_array(%s, ' '))" if connection.vendor == "postgresql" else "%s"


@TermsField.register_lookup
class Holds(models.Lookup[Any]):
    """`terms__holds=Asked(…)`: rows that have all its terms, and for each prefix a term that begins so.

    Terms hold letters, digits and the mark of initials only (`rules.terms`), so quotes cannot be closed by them.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The question as it is; each database writes it down its own way."""
        return "%s", (value,)

    def as_sqlite(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> TermsSql:
        """FTS5 MATCH, on the table as a whole: its hidden column of the same name."""
        wanted: Asked = self.rhs
        words = [f'"{term}"' for term in wanted.terms] + [f'"{prefix}"*' for prefix in wanted.prefixes]
        table = f'{connection.ops.quote_name(self.lhs.alias)}."{IndexRow._meta.db_table}"'
        return f"{table} MATCH %s", [" AND ".join(words)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> TermsSql:
        """tsvector @@ tsquery."""
        wanted: Asked = self.rhs
        words = [f"'{term}'" for term in wanted.terms] + [f"'{prefix}':*" for prefix in wanted.prefixes]
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, " & ".join(words)]


class IndexRow(models.Model):
    """The terms of one entry; `rowid` is the entry's id (FTS5 calls it so)."""

    rowid = models.BigIntegerField(_("条目"), primary_key=True)
    terms = TermsField(_("词项"))

    class Meta:
        verbose_name = _("词项索引")
        verbose_name_plural = _("词项索引")
        db_table = "search_index"

    def __str__(self) -> str:
        return str(self.rowid)
