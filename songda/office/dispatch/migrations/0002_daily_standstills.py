"""The daily list of what stands still."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_rank_of_cases"),
        ("dispatch", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standstill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="日期")),
                ("moved_at", models.DateTimeField(verbose_name="最近办理时间")),
                ("days", models.PositiveSmallIntegerField(verbose_name="停滞工作日")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case", verbose_name="事项")),
                ("holder", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post", verbose_name="经办岗位")),
                ("lead", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation", verbose_name="牵头单位")),
            ],
            options={
                "verbose_name": "停滞事项",
                "verbose_name_plural": "停滞事项",
                "constraints": [models.UniqueConstraint(fields=("on", "case"), name="standstill_once_a_day")],
            },
        ),
    ]
