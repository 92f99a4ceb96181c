"""What travels over HTTP: a method call with its parameters and uploads, and the envelope of the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

JsonObject = dict[str, Any]


class ApiError(Exception):
    """An answer with `ok: false`; `parameters` carries `retry_after` or `migrate_to_chat_id`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


@dataclass(slots=True)
class Upload:
    """One file part of a multipart request."""

    filename: str
    content: bytes


@dataclass(slots=True)
class Call:
    """One method call. Parameters are text when they came as a form, typed when they came as JSON."""

    method: str
    params: JsonObject
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.params.get(name)
        return value if value is None or isinstance(value, str) else str(value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.params.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"parameter {name} must be an integer") from None

    def number(self, name: str) -> float:
        try:
            return float(self.params[name])
        except (KeyError, TypeError, ValueError):
            raise bad_request(f"parameter {name} is required and must be a number") from None

    def flag(self, name: str) -> bool:
        value = self.params.get(name)
        return value.lower() in {"true", "yes", "1"} if isinstance(value, str) else bool(value)

    def data(self, name: str) -> Any:
        """A parameter that is a JSON value; it may itself be JSON text, also inside a JSON body."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read_call(request: web.BaseRequest, method: str) -> Call:
    """Read the parameters from the query and from a JSON, urlencoded or multipart body."""
    params: JsonObject = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, method, params)
    body = await request.read()
    if not body:
        return Call(method, params)
    if kind == "application/json":
        params.update(_json_object(body))
    else:
        params.update(parse_qsl(body.decode(), keep_blank_values=True))
    return Call(method, params)


def _json_object(body: bytes) -> JsonObject:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as JSON")
    return value


async def _read_multipart(request: web.BaseRequest, method: str, params: JsonObject) -> Call:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read())
        else:
            params[name] = value if isinstance(value, str) else value.decode()
    return Call(method, params, uploads)


def encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def success(result: Any) -> bytes:
    """The envelope of a result; bytes are taken as JSON that is already encoded."""
    return b'{"ok":true,"result":' + (result if isinstance(result, bytes) else encode(result)) + b"}"


def failure(error: ApiError) -> bytes:
    body: JsonObject = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return encode(body)
