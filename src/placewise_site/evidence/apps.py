from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "placewise_site.evidence"
