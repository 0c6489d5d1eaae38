"""What this site is, and the deployment's logo."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from placewise_site.evidence.deployment import find_logo


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.jinja")


@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest) -> FileResponse:
    found = find_logo()
    if found is None:
        raise Http404("this deployment has no logo")
    path, content_type = found
    return FileResponse(path.open("rb"), content_type=content_type)
