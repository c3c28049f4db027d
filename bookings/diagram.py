"""The booking table as a Mermaid state diagram, for the README."""

from bookings import states


def mermaid() -> str:
    """One arrow for each pair of states and action, with who may take it. Ends in a newline."""
    lines = ["stateDiagram-v2"]
    arrows: dict[tuple[str, str, str], list[str]] = {}
    for row in states.TABLE:
        takers = arrows.setdefault((row.origin or "[*]", row.target, row.action), [])
        takers += [who for who in row.who if who not in takers]
    for (origin, target, action), who in arrows.items():
        lines.append(f"    {origin} --> {target}: {action} ({', '.join(who)})")
    lines += [f"    {state} --> [*]" for state in states.FINAL]
    return "\n".join(lines) + "\n"
