"""A sign-in server of an organisation, on this machine: discovery, authorisation code with PKCE, keys, id token.

It answers as OpenID Connect Core 1.0 says, with whatever a test puts into `claims`, `token` or `signed_with`.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "placewise", "a secret of two"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIDServer(ThreadingHTTPServer):
    """claims: what it says of the person who signs in, in both answers. token: what the id token says otherwise;
    userinfo: what the other answer says otherwise."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.claims: dict[str, Any] = {"sub": "person-1", "email": "nurse@example.org", "email_verified": True}
        self.token: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.signed_with: Any = KEY
        self.algorithm = "RS256"
        self.codes: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorise",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "first", "use": "sig", "alg": "RS256"}]}

    def id_token(self) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300} | self.claims | self.token
        return jwt.encode(said, self.signed_with, algorithm=self.algorithm, headers={"kid": "first"})


class _Answers(BaseHTTPRequestHandler):
    server: OpenIDServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/.well-known/openid-configuration":
                self._say(self.server.discovery())
            case "/keys":
                self._say(self.server.keys())
            case "/userinfo":
                self._say(self.server.claims | self.server.userinfo)
            case "/authorise":
                code = secrets.token_urlsafe()
                self.server.codes[code] = asked
                back = urlencode({"code": code, "state": asked["state"]})
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()

    def do_POST(self) -> None:
        """The code for a token: once, to the client it was made for, who proves to have asked for it."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.server.codes.pop(sent.get("code", ""), {})
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proves = base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == asked.get("code_challenge")
        if not proves or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            self._say({"error": "invalid_grant"}, status=400)
            return
        self._say({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": self.server.id_token()})

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Nothing: tests read what the site says."""


@contextmanager
def openid_server() -> Iterator[OpenIDServer]:
    server = OpenIDServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
