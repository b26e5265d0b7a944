"""A mark of each writing of a day."""

from django.db import migrations, models

import songda.registry.calendars.models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.AddField(
            "specialday",
            "mark",
            models.BigIntegerField(
                default=songda.registry.calendars.models.new_mark, editable=False, verbose_name="写入标记"
            ),
        ),
    ]
