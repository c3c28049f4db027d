from datetime import datetime
from typing import Any, TypedDict

from rest_framework import serializers

from bikeens.core.serializers import StrictSerializer, WallClockField
from listings import clocks
from listings.choices import BlockKind
from listings.models import Block
from listings.serializers.fields import TextField


class Stretch(TypedDict):
    from_wall: datetime
    to_wall: datetime
    note: str


class _Wall(WallClockField):
    """One end of a block as the clocks of its listing show it."""

    def __init__(self, *, source: str, end: bool) -> None:
        super().__init__(source=source, read_only=True)
        self.end = end

    def to_representation(self, value: object) -> str:
        assert isinstance(value, Block)
        instant = value.ends_at if self.end else value.starts_at
        return super().to_representation(clocks.instant_to_wall(instant, value.listing.zone))


class BlockSerializer(serializers.Serializer[Block]):
    """A block on its listing's wall clock; `conflicts` are the bookings and holds that the owner's own use meets.

    Give `context["conflicts"]`: block id to uuids.
    """

    id = serializers.UUIDField(source="uuid")
    kind = serializers.ChoiceField(choices=BlockKind.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="The buffer after a rental included.")
    note = serializers.CharField()
    conflicts = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": _Wall(source="*", end=False), "to": _Wall(source="*", end=True)}

    def get_conflicts(self, block: Block) -> list[str]:
        return [str(uuid) for uuid in self.context["conflicts"].get(block.pk, [])]


class OwnBlockChange(StrictSerializer):
    """The owner's own use, on the listing's wall clock."""

    note = TextField(max_length=200)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": WallClockField(), "to": WallClockField()}

    def stretch(self) -> Stretch:
        data = self.validated_data
        return {"from_wall": data["from"], "to_wall": data["to"], "note": data.get("note", "")}


class BlocksSerializer(serializers.Serializer[object]):
    results = BlockSerializer(many=True)
