from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "placewise_site.meetings"

    def ready(self) -> None:
        from placewise_site.meetings import policies  # noqa: F401 - importing registers the permissions
