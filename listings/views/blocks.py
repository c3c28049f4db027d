"""What blocks an owner's listing."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.idempotency import idempotent
from bikeens.accounts.selectors import me
from listings import actions, selectors
from listings.serializers.blocks import BlockSerializer, BlocksSerializer, OwnBlockChange


class Blocks(APIView):
    @extend_schema(responses=BlocksSerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """Bookings, holds and your own use, from a month ago on, with what of your own use meets a booking."""
        blocks = selectors.blocks_of(selectors.listing_of(me(request), listing))
        context = {"conflicts": selectors.conflicts_of(blocks)}
        return Response({"results": [BlockSerializer(block, context=context).data for block in blocks]})

    @idempotent(in_transaction=True)
    @extend_schema(request=OwnBlockChange, responses={201: BlockSerializer})
    def post(self, request: Request, listing: UUID) -> Response:
        """Keep the bike for yourself. A booking that this meets stays, and is named under `conflicts`."""
        mine = selectors.listing_of(me(request), listing)
        body = OwnBlockChange(data=request.data)
        body.is_valid(raise_exception=True)
        block = actions.block_own_dates(listing=mine, **body.stretch())
        context = {"conflicts": selectors.conflicts_of(selectors.blocks_of(mine))}
        return Response(BlockSerializer(block, context=context).data, status=201)


class OneBlock(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, listing: UUID, block: UUID) -> Response:
        """Free a stretch of your own use."""
        mine = selectors.listing_of(me(request), listing)
        actions.free_own_dates(block=selectors.block_of(mine, block))
        return Response(status=204)
