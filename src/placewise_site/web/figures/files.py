"""Where a figure's picture, files and sorted tables are, and the answer to a request for one."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from placewise_site.web.figures.drawing import digest, draw_png, draw_svg, spec_json
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import ALONE, NARROW, SHAPES, WIDE
from placewise_site.web.figures.table import Column, Table
from placewise_site.web.opening import Opening

FORMATS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class FigureLinks:
    """The addresses of one figure on one page. page, file: names of the URL patterns; parts, query: what they take."""

    opening: Opening
    figure: Figure
    page: str
    file: str
    parts: dict[str, str]
    query: dict[str, str]

    @property
    def wide(self) -> str:
        return self._file("svg", shape=WIDE.name)

    @property
    def narrow(self) -> str:
        return self._file("svg", shape=NARROW.name)

    @property
    def wide_size(self) -> tuple[int, int]:
        return self.figure.size(WIDE)

    @property
    def narrow_size(self) -> tuple[int, int]:
        return self.figure.size(NARROW)

    @property
    def downloads(self) -> dict[str, str]:
        """What can be taken away, by its name."""
        return {
            "Table (CSV)": self._file("csv"),
            "Chart (SVG)": self._file("svg", shape=ALONE.name),
            "Chart (PNG)": self._file("png"),
            "Chart specification (Vega-Lite JSON)": self._file("json"),
        }

    def sorted_by(self, column: Column) -> str:
        """This page with the table and chart in another order, at the same figure."""
        order = f"{self.figure.key}.{self.figure.table.order_after(column)}"
        return f"{self.opening.link(self.page, {**self.query, 'sort': order}, **self.parts)}#{self.figure.key}"

    def _file(self, format_: str, shape: str = "") -> str:
        order = f"{self.figure.key}.{self.figure.table.sorted_by}" if self.figure.table.sorted_by else ""
        query = {**self.query, "sort": order, "shape": shape}
        return self.opening.pinned(self.file, query, **self.parts, figure=self.figure.key, format=format_)


def csv_file(table: Table, name: str) -> HttpResponse:
    """A table without a chart, to take away: the rows on the page, in their order."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(table.csv(), content_type=FORMATS["csv"], headers=disposition)


def in_order(figure: Figure, sort: str) -> Figure:
    """The figure in the order a page's `sort=FIGURE.COLUMN` asks for, if it asks for this one's."""
    key, _, order = sort.partition(".")
    return figure.sort(order) if key == figure.key else figure


def with_source(figure: Figure, opening: Opening) -> Figure:
    """The figure with the line that a chart taken from its page carries."""
    manifest = opening.sight.manifest
    mode = " Synthetic data." if manifest.mode == "synthetic" else ""
    return replace(figure, source=f"Release {manifest.release} of {manifest.made_on[:10]}.{mode}")


def answer(request: HttpRequest, figure: Figure, format_: str, name: str) -> HttpResponse:
    """The file of a figure. name: the file's, without its ending."""
    shape = SHAPES.get(request.GET.get("shape", ALONE.name))
    if format_ not in FORMATS or shape is None:
        raise Http404(f"there is no {format_} of this figure")
    tag = f'"{digest(figure)[:32]}-{shape.name}-{format_}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    body: str | bytes
    if format_ == "csv":
        body = figure.table.csv()
    elif format_ == "json":
        body = spec_json(figure)
    elif format_ == "png":
        body = draw_png(figure)
    else:
        body = draw_svg(figure, shape)
    response = HttpResponse(body, content_type=FORMATS[format_], headers={"ETag": tag})
    if format_ != "svg" or shape is ALONE:
        response["Content-Disposition"] = f'attachment; filename="{name}.{format_}"'
    # May be kept, and is asked about each time: a release may be withdrawn.
    patch_cache_control(response, private=True, no_cache=True)
    return response
