from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class GovernanceConfig(AppConfig):
    name = "placewise_site.governance"

    def ready(self) -> None:
        from placewise_site.accounts.remembering import stop_remembering
        from placewise_site.governance import policies  # noqa: F401 - importing registers the permissions
        from placewise_site.governance.models import Body, Ending, Membership

        for written in (post_save, post_delete):
            for of in (Body, Ending, Membership):
                written.connect(stop_remembering, sender=of, dispatch_uid=f"stop_remembering_{of.__name__}")
