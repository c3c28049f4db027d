"""Which parameters a call may have: read from the typed parameter classes of the installed `stripe` library.

So the stand-in refuses what the pinned version does not know, and follows it when the pin moves.
"""

import re
import types
import typing
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module

from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject

LARGEST = 2**63 - 1
_OPTIONS = "stripe._request_options.RequestOptions"


@cache
def shape(name: str) -> type:
    """The class behind `checkout._session_create_params.SessionCreateParams` (below stripe.params)."""
    path = name if name.startswith("stripe.") else f"stripe.params.{name}"
    module, _, class_name = path.rpartition(".")
    found: type = getattr(import_module(module), class_name)
    return found


@cache
def _options() -> tuple[frozenset[str], dict[str, object]]:
    """What travels as headers (the class inherited by every v1 parameter class), and the names its hints use."""
    options = shape(_OPTIONS)
    names: dict[str, object] = {**vars(import_module(options.__module__)), "StripeContext": str}
    return frozenset(options.__annotations__), names


@cache
def _fields(cls: type) -> dict[str, object]:
    headers, names = _options()
    is_call = "stripe_account" in cls.__annotations__
    hints = typing.get_type_hints(cls, localns=names)
    return {name: hint for name, hint in hints.items() if not (is_call and name in headers)}


def check(params: JsonObject, name: str | None, *, form: bool) -> JsonObject:
    """The parameters with the types the library gives them. Raises Refusal: unknown, missing or of a wrong type."""
    if name is None:
        if params:
            raise _unknown(list(params), "")
        return {}
    checked: JsonObject = _typed_dict(params, shape(name), "", form)
    return checked


def _join(path: str, key: str, form: bool) -> str:
    if not path:
        return key
    return f"{path}[{key}]" if form else f"{path}.{key}"


def _unknown(names: list[str], path: str) -> Refusal:
    plural = "s" if len(names) > 1 else ""
    return Refusal(
        f"Received unknown parameter{plural}: {', '.join(names)}",
        code="parameter_unknown",
        param=names[0],
        began=False,
    )


def _wrong(message: str, path: str, code: str | None = None) -> Refusal:
    return Refusal(message, code=code, param=path, began=False)


def _typed_dict(value: object, cls: type, path: str, form: bool) -> JsonObject:
    if not isinstance(value, dict):
        raise _wrong("Invalid object", path, "parameter_invalid_object" if not form else None)
    fields = _fields(cls)
    unknown = [_join(path, key, form) for key in value if key not in fields]
    if unknown:
        raise _unknown(unknown, path)
    required: frozenset[str] = vars(cls)["__required_keys__"]
    for key in fields:
        if key in required and key not in value:
            missing = _join(path, key, form)
            raise _wrong(f"Missing required param: {missing}.", missing, "parameter_missing")
    return {key: _value(item, fields[key], _join(path, key, form), form) for key, item in value.items()}


def _value(value: object, hint: object, path: str, form: bool) -> object:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _one_of(value, typing.get_args(hint), path, form)
    if origin is typing.Literal:
        return _literal(value, typing.get_args(hint), path)
    if origin is list:
        return _list(value, typing.get_args(hint)[0], path, form)
    if origin is dict:
        if not isinstance(value, dict):
            raise _wrong("Invalid hash", path)
        inner = typing.get_args(hint)[1]
        return {key: _value(item, inner, _join(path, key, form), form) for key, item in value.items()}
    if isinstance(hint, type) and hasattr(hint, "__required_keys__"):
        return _typed_dict(value, hint, path, form)
    return _scalar(value, hint, path, form)


def _one_of(value: object, hints: tuple[object, ...], path: str, form: bool) -> object:
    """A union: the alternative is chosen by the shape of what was sent."""
    plain = [hint for hint in hints if "StripeObject" not in str(hint)]
    if value is None and type(None) in plain:
        return None
    literals = [arg for hint in plain if typing.get_origin(hint) is typing.Literal for arg in typing.get_args(hint)]
    others = [hint for hint in plain if typing.get_origin(hint) is not typing.Literal and hint is not type(None)]
    if isinstance(value, str) and value in literals:
        return value
    if isinstance(value, dict | list):
        nested = [hint for hint in others if hint not in (str, int, bool, float, Decimal)]
        for hint in nested:
            is_list = typing.get_origin(hint) is list
            if is_list == (isinstance(value, list) or (form and _looks_like_list(value))) or len(nested) == 1:
                return _value(value, hint, path, form)
        raise _wrong(f"Invalid value for {path}", path)
    if any(literals) and str in others:
        # An enumeration: the library leaves the door open for newer values, Stripe itself does not.
        others.remove(str)
    for hint in others[:-1]:
        try:
            return _value(value, hint, path, form)
        except Refusal:
            continue
    if others:
        return _value(value, others[-1], path, form)
    return _literal(value, tuple(literals), path)


def _looks_like_list(value: object) -> bool:
    return isinstance(value, dict) and all(key.isdigit() for key in value)


def _literal(value: object, allowed: tuple[object, ...], path: str) -> object:
    if value not in allowed:
        names = [str(item) for item in allowed]
        choice = f"{', '.join(names[:-1])}, or {names[-1]}" if len(names) > 1 else names[0]
        raise _wrong(f"Invalid {path}: must be one of {choice}", path)
    return value


def _list(value: object, inner: object, path: str, form: bool) -> list[object]:
    if form and isinstance(value, dict) and _looks_like_list(value):
        value = [value[key] for key in sorted(value, key=int)]
    if not isinstance(value, list):
        raise _wrong("Invalid array", path)
    return [_value(item, inner, _join(path, str(index), form), form) for index, item in enumerate(value)]


def _scalar(value: object, hint: object, path: str, form: bool) -> object:
    if isinstance(value, dict | list):
        raise _wrong(f"Invalid {_name(hint)}: {value}", path)
    if hint is str:
        if not isinstance(value, str):
            raise _wrong(f"Invalid string: {value}", path)
        if form and not value and "metadata" not in path:
            raise _wrong(
                f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a parameter; "
                f"however '{path}' cannot be unset. You should remove '{path}' from your request or supply a "
                "non-empty value.",
                path,
                "parameter_invalid_empty",
            )
        return value
    if hint is int:
        number = _whole(value, form)
        if number is None or abs(number) > LARGEST:
            raise _wrong(f"Invalid integer: {value}", path, "parameter_invalid_integer")
        return number
    if hint is bool:
        if form and value in ("true", "false"):
            return value == "true"
        if not form and isinstance(value, bool):
            return value
        raise _wrong(f"Invalid boolean: {value}", path)
    if hint in (float, Decimal):
        try:
            return str(Decimal(str(value)))
        except InvalidOperation:
            raise _wrong(f"Invalid decimal: {value}", path) from None
    return value


def _whole(value: object, form: bool) -> int | None:
    """The integer that was sent: digits in a form, a number in JSON."""
    if form:
        return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}", value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _name(hint: object) -> str:
    return {str: "string", int: "integer", bool: "boolean"}.get(typing.cast(type, hint), "value")
