from django.db import migrations, models

NOT_ENDED = models.Q(("ended_at", None))
TABLES = {
    "grant": models.UniqueConstraint(
        fields=("user", "role", "organisation", "purpose", "starts_on"), condition=NOT_ENDED, name="grant_once"
    ),
    "agreement": models.UniqueConstraint(
        fields=("practice", "network", "starts_on"), condition=NOT_ENDED, name="agreement_once"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_freeze_logs")]
    operations = [
        operation
        for table, once in TABLES.items()
        for operation in (
            migrations.AddField(table, "ended_at", models.DateTimeField(editable=False, null=True)),
            migrations.RemoveConstraint(table, once.name),
            migrations.AddConstraint(table, once),
        )
    ]
