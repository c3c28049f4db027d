from rest_framework import serializers

from bikeens.core.serializers import StrictSerializer
from listings.models import Import, ImportLine, ImportState, Outcome


class ImportUpload(StrictSerializer):
    """`photos` may be pictures, zip archives of pictures, or both."""

    file = serializers.FileField(allow_empty_file=True)
    photos = serializers.ListField(child=serializers.FileField(allow_empty_file=True), required=False)


class ImportProblemSerializer(serializers.Serializer[dict[str, str]]):
    """`column` is its header as the file has it; empty: the whole row."""

    column = serializers.CharField()
    message = serializers.CharField()


class ImportLineSerializer(serializers.Serializer[ImportLine]):
    """What becomes of one row, or became of it. `line` is its number in a spreadsheet; the header is line 1."""

    line = serializers.IntegerField(source="number")
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reference = serializers.CharField()
    title = serializers.CharField()
    listing = serializers.UUIDField(allow_null=True, help_text="Null where there is none, or none yet.")
    problems = ImportProblemSerializer(many=True, source="errors")
    changed = serializers.ListField(child=serializers.CharField(), help_text="The columns that differ.")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What the owner has yet to do.")


class ImportCountsSerializer(serializers.Serializer[Import]):
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()


class ImportSerializer(serializers.Serializer[Import]):
    """`checking` and `importing` are at work; `checked` waits for a yes. `counts` are of the rows done so far."""

    id = serializers.UUIDField(source="uuid")
    state = serializers.ChoiceField(choices=ImportState.choices)
    file_name = serializers.CharField()
    rows = serializers.IntegerField()
    counts = ImportCountsSerializer(source="*")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ImportReportSerializer(ImportSerializer):
    lines = ImportLineSerializer(many=True)


class ImportsSerializer(serializers.Serializer[object]):
    results = ImportSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The cursor of the next page.")
