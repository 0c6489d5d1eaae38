from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "placewise_site.web"
