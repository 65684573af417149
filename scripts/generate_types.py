"""Writes `web/src/api/protocol.ts`: the socket's frames as TypeScript, from `zorgmessenger.realtime.protocol`.

The module's own names are walked in their order: whole numbers become constants, literal types and unions become types,
structs become interfaces under the names that go over the wire, a plain class of numbers becomes a constant object.
What has a default may be left out, so it is optional.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import inspect as shapes

from zorgmessenger.realtime import protocol

TARGET = Path(__file__).parent.parent / "web/src/api/protocol.ts"
HEAD = "// Generated from src/zorgmessenger/realtime/protocol.py by `make generate`. Do not edit."
WIDTH = 118
PLAIN: dict[type[shapes.Type], str] = {
    shapes.StrType: "string",
    shapes.UUIDType: "string",
    shapes.DateType: "string",
    shapes.DateTimeType: "string",
    shapes.IntType: "number",
    shapes.FloatType: "number",
    shapes.BoolType: "boolean",
    shapes.NoneType: "null",
}


def generate() -> str:
    """The whole file."""
    declared = {name: value for name, value in vars(protocol).items() if ours(value) and not name.startswith("_")}
    literals = {get_args(value): name for name, value in declared.items() if get_origin(value) is Literal}
    lines, before = [HEAD], ""
    for name, value in declared.items():
        block = list(declaration(name, value, literals))
        kind = " ".join(block[0].split()[:2]) if len(block) == 1 else ""
        lines += block if kind and kind == before else ["", *block]
        before = kind
    return "\n".join(lines) + "\n"


def ours(value: object) -> bool:
    """Whether a name of the module is declared there and goes into the file."""
    if inspect.isclass(value):
        return value.__module__ == protocol.__name__ and not value.__subclasses__()
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number or get_origin(value) is Literal or isinstance(value, types.UnionType)


def declaration(name: str, value: Any, literals: dict[tuple[Any, ...], str]) -> Iterator[str]:
    """The lines that declare one name."""
    if isinstance(value, int):
        yield f"export const {name} = {value:_};"
    elif get_origin(value) is Literal:
        yield alias(name, [f'"{choice}"' for choice in get_args(value)])
    elif isinstance(value, types.UnionType):
        yield alias(name, [member.__name__ for member in get_args(value)])
    elif issubclass(value, msgspec.Struct):
        yield from interface(value, literals)
    else:
        yield from described(value)
        yield f"export const {name} = {{"
        yield from (f"  {key}: {number}," for key, number in vars(value).items() if key.isupper())
        yield "} as const;"


def alias(name: str, members: list[str]) -> str:
    """A union, in one line where it fits."""
    line = f"export type {name} = {' | '.join(members)};"
    return line if len(line) <= WIDTH else "\n  | ".join([f"export type {name} =", *members]) + ";"


def interface(struct: type[msgspec.Struct], literals: dict[tuple[Any, ...], str]) -> Iterator[str]:
    """A struct; its tag comes first and tells it from the others of its union."""
    shape = shapes.type_info(struct)
    assert isinstance(shape, shapes.StructType)
    yield from described(struct)
    yield f"export interface {struct.__name__} {{"
    if shape.tag_field:
        yield f'  {shape.tag_field}: "{shape.tag}";'
    for field in shape.fields:
        yield f"  {field.encode_name}{'' if field.required else '?'}: {written(field.type, literals)};"
    yield "}"


def described(thing: type) -> Iterator[str]:
    """The docstring as a TSDoc comment."""
    lines = (inspect.getdoc(thing) or "").splitlines()
    if len(lines) == 1:
        yield f"/** {lines[0]} */"
    elif lines:
        yield "/**"
        yield from (f" * {line}".rstrip() for line in lines)
        yield " */"


def written(shape: shapes.Type, literals: dict[tuple[Any, ...], str]) -> str:
    """A type as TypeScript writes it.

    Raises:
        TypeError: a type that no frame has had so far.
    """
    match shape:
        case shapes.LiteralType(values=values):
            by_members = {frozenset(members): name for members, name in literals.items()}
            return by_members.get(frozenset(values)) or " | ".join(f'"{value}"' for value in values)
        case shapes.StructType(cls=struct):
            return struct.__name__
        case shapes.UnionType(types=members):
            return " | ".join(written(member, literals) for member in members)
        case shapes.ListType(item_type=item):
            text = written(item, literals)
            return f"({text})[]" if " " in text else f"{text}[]"
        case shapes.DictType(value_type=value):
            return f"Record<string, {written(value, literals)}>"
    if type(shape) in PLAIN:
        return PLAIN[type(shape)]
    raise TypeError(f"no TypeScript for {shape}")


if __name__ == "__main__":
    TARGET.write_text(generate())
