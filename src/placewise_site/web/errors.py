"""Pages for when something is wrong: what happened and what to do, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.jinja", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.jinja", {"reason": str(exception or "")}, status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/form_expired.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.jinja", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without the usual context, since that may be what failed."""
    return HttpResponse(get_template("errors/500.jinja").render(), status=500)
