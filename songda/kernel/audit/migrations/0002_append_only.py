"""Triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on the audit tables, whoever asks."""

from django.db import migrations

TABLES = ("audit_auditentry", "audit_auditseal")
WORDS = "audit rows are append-only"

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(apps, schema_editor):
    """Create the triggers."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for statement in creating(table, vendor):
            schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Drop the triggers: for going back a version, and for tests that must empty the tables."""
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for event in ("update", "delete", "truncate"):
            place = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{place}")


def creating(table, vendor):
    """The statements for one table."""
    if vendor == "postgresql":
        scopes = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
        return [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION audit_append_only()"
            for event, scope in scopes.items()
        ]
    return [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for event in ("update", "delete")
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
