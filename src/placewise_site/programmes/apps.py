from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "placewise_site.programmes"

    def ready(self) -> None:
        from placewise_site.programmes import policies  # noqa: F401 - importing registers the permissions
