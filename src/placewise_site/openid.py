"""Sign-in through an organisation's own server (OpenID Connect), from one variable: `client_id:secret@https://server`."""

from typing import Any


def openid_settings(named: str) -> tuple[dict[str, Any], list[str]]:
    """allauth's provider settings, and the servers a sign-in form may lead to. Both are empty where none is named."""
    if not named:
        return {}, []
    client, _, server = named.rpartition("@")
    client_id, _, secret = client.partition(":")
    provider = {
        "provider_id": "organisation",
        "name": "your organisation",
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [provider]}}, [server]
