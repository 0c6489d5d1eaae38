"""The code lists and registers that a question names."""

from collections.abc import Iterable, Iterator, Mapping

from placewise.floor.language.nodes import (
    AllOf,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Resolved,
    Value,
)


def inside(node: Node) -> tuple[Node, ...]:
    """The questions that a question puts together; none for one that asks of the record itself."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return nodes
        case Not(inner) | Began(inner) | Ended(inner):
            return (inner,)
    return ()


def iter_nodes(node: Node) -> Iterator[Node]:
    """The question and every question inside it, outermost first."""
    yield node
    for each in inside(node):
        yield from iter_nodes(each)


def code_lists(node: Node) -> frozenset[str]:
    """The code lists it names itself, without those of the registers it names."""
    return frozenset(name for each in iter_nodes(node) for name in codes_of(each))


def registers(node: Node) -> frozenset[str]:
    """The registers it names."""
    return frozenset(each.register for each in iter_nodes(node) if isinstance(each, In))


def registers_under(asked: Iterable[Node], definitions: Mapping[str, Node]) -> list[str]:
    """Every register that these questions rest on, one through another, in alphabetical order."""
    found: set[str] = set()
    waiting = [slug for node in asked for slug in registers(node)]
    while waiting:
        if (slug := waiting.pop()) not in found:
            found.add(slug)
            waiting += registers(definitions[slug])
    return sorted(found)


def codes_of(node: Node) -> tuple[str, ...]:
    """The code lists that the question itself names, without those of questions inside it."""
    match node:
        case Has(codes, _, None) | OnMedicine(codes) | Count(codes) | Value(codes) | Nth(codes):
            return (codes,)
        case Has(codes, _, str(resolving)) | Resolved(codes, resolving):
            return (codes, resolving)
        case Ordered(codes, after, before):
            return (codes, *(each.codes for each in (after, before) if each is not None))
        case Earliest(_, among):
            return among
        case Latest(readings):
            return tuple(codes for reading in readings for codes, _ in reading.parts)
    return ()
