from io import StringIO

from django.core.management import call_command

from bookings import states


def test_the_diagram_shows_every_row_of_the_table() -> None:
    out = StringIO()
    call_command("booking_diagram", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    confirmed --> cancelled: cancel (renter, owner, staff)" in lines
    for row in states.TABLE:
        arrow = f"    {row.origin or '[*]'} --> {row.target}: {row.action} ("
        [shown] = [line for line in lines if line.startswith(arrow)]
        assert set(row.who) <= set(shown.removeprefix(arrow).removesuffix(")").split(", "))
    assert [line for line in lines if line.endswith("--> [*]")] == [f"    {state} --> [*]" for state in states.FINAL]
