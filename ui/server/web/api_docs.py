"""Show the API to people: GET /api/docs, a page without a script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

router = APIRouter(include_in_schema=False)

POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'"}
_METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/api/docs")
async def get_page(request: Request) -> Response:
    """Return the page, written from the schema."""
    text = page_of(request.app.openapi())
    return Response(text, media_type="text/html; charset=utf-8", headers=POLICY)


@router.get("/api/docs.css")
async def get_style() -> Response:
    """Return how the page looks."""
    style = (files("ui.server.web") / "docs.css").read_bytes()
    return Response(style, media_type="text/css; charset=utf-8")


def page_of(schema: dict[str, Any]) -> str:
    """Write an OpenAPI schema as one page of HTML; what stands in it is escaped."""
    info = schema["info"]
    operations = [
        (path, method, item[method])
        for path, item in schema["paths"].items()
        for method in _METHODS
        if method in item
    ]
    forms = schema.get("components", {}).get("schemas", {})
    return "".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(info['title'])}: the HTTP API</title>",
            '<link rel="stylesheet" href="/api/docs.css"></head><body><main>',
            f"<h1>{escape(info['title'])} {escape(info['version'])}: the HTTP API</h1>",
            f"<p>{escape(info['description'])} The whole schema: ",
            '<a href="/api/openapi.json">/api/openapi.json</a>.</p>',
            "<p>Send <code>Authorization: Bearer TOKEN</code>; ",
            "<code>attest users token NAME</code> makes a token.</p>",
            '<nav aria-label="Requests"><ul>',
            *(f'<li><a href="#{_anchor(p, m)}">{m.upper()} {escape(p)}</a></li>' for p, m, _ in operations),
            "</ul></nav>",
            *(_operation(path, method, each) for path, method, each in operations),
            "<h2>Forms</h2>",
            *(_form(name, form) for name, form in sorted(forms.items())),
            "</main></body></html>",
        ]
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    body = operation.get("requestBody", {}).get("content", {})
    rows = [
        (each["name"], each["in"], _type(each["schema"]), each.get("description", ""))
        for each in operation.get("parameters", ())
    ]
    rows += [("body", media, _type(each.get("schema", {})), "") for media, each in body.items()]
    answers = [
        (status, "", _answer(answer), answer.get("description", ""))
        for status, answer in operation["responses"].items()
    ]
    return (
        f'<section aria-labelledby="{_anchor(path, method)}">'
        f'<h2 id="{_anchor(path, method)}"><b>{method.upper()}</b> <code>{escape(path)}</code></h2>'
        f"<p>{escape(operation.get('description', ''))}</p>"
        f"{_table('It takes', rows)}{_table('It answers', answers)}</section>"
    )


def _form(name: str, form: dict[str, Any]) -> str:
    needed = set(form.get("required", ()))
    rows = [
        (key, "needed" if key in needed else "", _type(each), each.get("description", ""))
        for key, each in form.get("properties", {}).items()
    ]
    about = f"<p>{escape(form.get('description', ''))}</p>"
    return f'<section><h3 id="form-{escape(name)}">{escape(name)}</h3>{about}{_table(name, rows)}</section>'


def _table(caption: str, rows: list[tuple[str, str, str, str]]) -> str:
    lines = "".join(
        f'<tr><th scope="row"><code>{escape(name)}</code></th><td>{escape(where)}</td><td>{kind}</td>'
        f"<td>{escape(about)}</td></tr>"
        for name, where, kind, about in rows
    )
    return f"<table><caption>{escape(caption)}</caption><tbody>{lines}</tbody></table>" if rows else ""


def _answer(answer: dict[str, Any]) -> str:
    return ", ".join(
        _type(each.get("schema", {})) or escape(m) for m, each in answer.get("content", {}).items()
    )


def _type(schema: dict[str, Any]) -> str:
    """Name a type in HTML: a form by a link, anything else by its words."""
    if ref := schema.get("$ref"):
        name = escape(str(ref).rpartition("/")[2])
        return f'<a href="#form-{name}">{name}</a>'
    if choices := schema.get("enum"):
        return escape(" | ".join(map(str, choices)))
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(_type(each) for each in schema[key])
    kind = escape(str(schema.get("const", schema.get("title" if "properties" in schema else "type", ""))))
    return f"{kind} of {_type(schema['items'])}" if "items" in schema else kind


def _anchor(path: str, method: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").translate({ord("{"): None, ord("}"): None}))
