from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "placewise_site.stories"

    def ready(self) -> None:
        from placewise_site.stories import policies  # noqa: F401 - importing registers the permissions
