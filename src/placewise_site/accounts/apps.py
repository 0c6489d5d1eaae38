from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "placewise_site.accounts"

    def ready(self) -> None:
        from placewise_site.accounts import policies  # noqa: F401 - importing registers the permissions
        from placewise_site.accounts.freezing import freeze_history

        post_migrate.connect(freeze_history, dispatch_uid="freeze_history")
