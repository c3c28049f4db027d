from rest_framework import serializers

from bikeens.core.serializers import StrictSerializer
from bikeens.notifications.kinds import KINDS
from bikeens.notifications.letters import sentence_of
from bikeens.notifications.models import Notice


class NoticeSerializer(serializers.Serializer[Notice]):
    id = serializers.UUIDField(source="uuid")
    kind = serializers.CharField()
    sentence = serializers.SerializerMethodField()
    button = serializers.SerializerMethodField()
    path = serializers.CharField(help_text="The page to go to, without its language.")
    about = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def get_sentence(self, notice: Notice) -> str:
        return sentence_of(notice)

    def get_button(self, notice: Notice) -> str:
        return str(KINDS[notice.kind].button)


class NoticesSerializer(serializers.Serializer[object]):
    results = NoticeSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The cursor of the next page.")
    unread = serializers.IntegerField()


class NoticesReadSerializer(StrictSerializer):
    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=100, help_text="Left out: all of them."
    )


class UnreadSerializer(serializers.Serializer[object]):
    unread = serializers.IntegerField()
