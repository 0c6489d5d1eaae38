from django.apps import AppConfig


class HospitalsConfig(AppConfig):
    name = "placewise_site.hospitals"
