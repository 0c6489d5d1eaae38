from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "placewise_site.organisations"
