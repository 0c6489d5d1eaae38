from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "placewise_site.governance"

    def ready(self) -> None:
        from placewise_site.governance import policies  # noqa: F401 - importing registers the permissions
