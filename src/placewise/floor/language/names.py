"""The code lists and registers that a question names."""

from collections.abc import Iterator

from placewise.floor.language.nodes import AllOf, AnyOf, Count, Earliest, Has, In, Latest, Node, Not, OnMedicine


def iter_nodes(node: Node) -> Iterator[Node]:
    """The question and every question inside it, outermost first."""
    yield node
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            for each in nodes:
                yield from iter_nodes(each)
        case Not(inner):
            yield from iter_nodes(inner)


def code_lists(node: Node) -> frozenset[str]:
    """The code lists it names itself, without those of the registers it names."""
    return frozenset(name for each in iter_nodes(node) for name in codes_of(each))


def registers(node: Node) -> frozenset[str]:
    """The registers it names."""
    return frozenset(each.register for each in iter_nodes(node) if isinstance(each, In))


def codes_of(node: Node) -> tuple[str, ...]:
    """The code lists that the question itself names, without those of questions inside it."""
    match node:
        case Has(codes, _, None) | OnMedicine(codes) | Count(codes):
            return (codes,)
        case Has(codes, _, str(resolving)):
            return (codes, resolving)
        case Earliest(_, among):
            return among
        case Latest(readings):
            return tuple(codes for reading in readings for codes, _ in reading.parts)
    return ()
