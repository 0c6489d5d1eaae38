"""The API's reference as a plain page, written from its own OpenAPI description."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from placewise_site.api.resources import api


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    where: str
    kind: str
    needed: bool
    told: str


@dataclass(frozen=True, slots=True)
class Operation:
    key: str
    path: str
    summary: str
    told: str
    parameters: tuple[Parameter, ...]
    answer: str


def reference(request: HttpRequest) -> HttpResponse:
    described = api.get_openapi_schema()
    operations = [_operation(path, said["get"]) for path, said in described["paths"].items()]
    answers = {name: _fields(schema) for name, schema in described["components"]["schemas"].items()}
    context = {
        "operations": operations,
        "described": described,
        "answers": {name: fields for name, fields in answers.items() if fields},
        "openapi": reverse("api:openapi-json"),
    }
    return render(request, "api/reference.jinja", context)


def _fields(schema: dict[str, Any]) -> list[Parameter]:
    needed = schema.get("required", ())
    return [
        Parameter(name, "answer", _kind(said), name in needed, said.get("description", ""))
        for name, said in schema.get("properties", {}).items()
    ]


def _operation(path: str, said: dict[str, Any]) -> Operation:
    answer = said["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        key=said["operationId"],
        path=path,
        summary=said["summary"],
        told=said.get("description", ""),
        parameters=tuple(_parameter(each) for each in said.get("parameters", ())),
        answer=_kind(answer),
    )


def _parameter(said: dict[str, Any]) -> Parameter:
    schema = said["schema"]
    return Parameter(
        said["name"],
        said["in"],
        _kind(schema),
        said["required"],
        said.get("description") or schema.get("description", ""),
    )


def _kind(schema: dict[str, Any]) -> str:
    """A JSON schema in a few words: text, whole number, list of Value ..."""
    words = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
        "null": "none",
    }
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return words.get(schema.get("type", ""), "object")
