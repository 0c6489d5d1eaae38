from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "placewise_site.accounts"
