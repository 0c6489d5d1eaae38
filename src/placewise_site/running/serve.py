"""Serve the site with gunicorn: one process, since it keeps the release in memory, and eight threads."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from gunicorn.app.base import BaseApplication

from placewise_site.wsgi import application

THREADS = 8


class Server(BaseApplication):
    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return application


def serve(port: int) -> int:
    connections.close_all()  # nothing of this process is to be shared with the one that serves
    print(f"Serving on http://localhost:{port}/ (stop with Ctrl+C)", flush=True)
    Server(port).run()
    return 0
