from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "placewise_site.evidence"

    def ready(self) -> None:
        from placewise_site.evidence import policies  # noqa: F401 - importing registers the permissions
        from placewise_site.evidence.ledger import policies as of_the_ledger  # noqa: F401
