from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "placewise_site.care"
