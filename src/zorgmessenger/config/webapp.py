"""The web app's page: one file for every address of the app."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse

FOLDER = Path(str(files("zorgmessenger"))) / "webapp"


def index(request: HttpRequest) -> HttpResponse:
    """The app. Its files have hashed names, so the page itself is asked for anew each time."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405)
    return HttpResponse(_page(), headers={"Cache-Control": "no-cache"})


def health(_request: HttpRequest) -> HttpResponse:
    """For whoever watches over the server: it answers."""
    return JsonResponse({"status": "ok"})


@cache
def _page() -> bytes:
    return (FOLDER / "index.html").read_bytes()
