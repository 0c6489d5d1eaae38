from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "placewise_site.assurance"

    def ready(self) -> None:
        from placewise_site.assurance import policies  # noqa: F401 - importing registers the permissions
