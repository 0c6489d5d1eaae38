from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "placewise_site.api"
