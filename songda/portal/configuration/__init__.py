"""Configuration 配置 from the environment: one table of variables, checked at start, a clear sentence for a wrong value."""

from __future__ import annotations

from songda.portal.configuration.databases import database
from songda.portal.configuration.reading import Configuration, WrongConfiguration, keep_shift, kept_shift, read
from songda.portal.configuration.showing import advice, effective, table
from songda.portal.configuration.variables import VARIABLES, Variable

__all__ = [
    "VARIABLES",
    "Configuration",
    "Variable",
    "WrongConfiguration",
    "advice",
    "database",
    "effective",
    "keep_shift",
    "kept_shift",
    "read",
    "table",
]
