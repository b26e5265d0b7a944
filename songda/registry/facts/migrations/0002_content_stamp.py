"""A stamp of what each entry says, and that of the entries there are."""

from django.db import migrations, models

from songda.registry.facts.rules.stamps import stamp_of


def stamp_entries(apps, _schema_editor):
    """As saving does: everything an entry says but its number and the stamp."""
    entries = apps.get_model("facts", "FactDefinition")
    names = [field.name for field in entries._meta.fields if field.name not in ("id", "stamp")]
    for row in entries.objects.all():
        row.stamp = stamp_of({name: getattr(row, name) for name in names})
        row.save(update_fields=["stamp"])


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial")]
    operations = [
        migrations.AddField(
            "factdefinition", "stamp", models.BigIntegerField(default=0, editable=False, verbose_name="内容戳")
        ),
        migrations.RunPython(stamp_entries, migrations.RunPython.noop),
    ]
