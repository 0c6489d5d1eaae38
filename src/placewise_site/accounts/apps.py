from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class AccountsConfig(AppConfig):
    name = "placewise_site.accounts"

    def ready(self) -> None:
        from placewise_site.accounts import policies  # noqa: F401 - importing registers the permissions
        from placewise_site.accounts.freezing import freeze_history
        from placewise_site.accounts.models import Grant
        from placewise_site.accounts.remembering import stop_remembering

        post_migrate.connect(freeze_history, dispatch_uid="freeze_history")
        for written in (post_save, post_delete):
            written.connect(stop_remembering, sender=Grant, dispatch_uid="stop_remembering")
