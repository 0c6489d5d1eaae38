from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "placewise_site.accounts"

    def ready(self) -> None:
        from placewise_site.accounts import policies  # noqa: F401 - importing registers the permissions
