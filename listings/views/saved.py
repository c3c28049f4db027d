"""Saved bikes and saved searches of whoever is signed in, and the end of a search's e-mails for who has the link."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.selectors import me
from bikeens.core import clock
from bikeens.core.pages import KeysetPage, PageParams, WholeListParams
from listings import actions, saved, watching
from listings.serializers.saved import (
    NewSearch,
    SavedBikeSerializer,
    SavedBikesSerializer,
    SavedIdsSerializer,
    SavedSearchesSerializer,
    SavedSearchSerializer,
    SearchChange,
    StopParams,
    StoppedSearchSerializer,
)


class SavedBikes(APIView):
    @extend_schema(operation_id="saved_bikes_list", parameters=[PageParams], responses=SavedBikesSerializer)
    def get(self, request: Request) -> Response:
        """The bikes you saved, newest first, those too that are no longer offered."""
        PageParams.of(request.query_params)
        page = KeysetPage("saved bikes")
        rows = page.paginate_queryset(saved.saved_bikes_of(me(request)), request, self)
        return page.get_paginated_response([SavedBikeSerializer(row).data for row in rows or []])


class SavedIds(APIView):
    @extend_schema(responses=SavedIdsSerializer)
    def get(self, request: Request) -> Response:
        """Which bikes you saved, for the hearts on cards."""
        return Response({"ids": saved.saved_ids_of(me(request))})


class OneSavedBike(APIView):
    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, listing: UUID) -> Response:
        """Save a bike. Again changes nothing."""
        actions.save_bike(person=me(request), uuid=listing)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, listing: UUID) -> Response:
        """No longer keep a bike. Again changes nothing."""
        actions.unsave_bike(person=me(request), uuid=listing)
        return Response(status=204)


class SavedSearches(APIView):
    @extend_schema(responses=SavedSearchesSerializer)
    def get(self, request: Request) -> Response:
        """The searches you saved, newest first."""
        WholeListParams.of(request.query_params)
        return Response(SavedSearchesSerializer({"results": saved.saved_searches_of(me(request))}).data)

    @extend_schema(request=NewSearch, responses={200: SavedSearchSerializer, 201: SavedSearchSerializer})
    def post(self, request: Request) -> Response:
        """Save a search; new bikes are told by e-mail, once a day at most. The same search twice is one."""
        person = me(request)
        body = NewSearch(data=request.data)
        body.is_valid(raise_exception=True)
        params = watching.params_of(body.validated_data["query"])
        look = watching.look(params, now=clock.now())
        search, new = actions.save_search(person=person, name=body.validated_data["name"], params=params, look=look)
        return Response(SavedSearchSerializer(search).data, status=201 if new else 200)


class OneSavedSearch(APIView):
    @extend_schema(request=SearchChange, responses=SavedSearchSerializer)
    def patch(self, request: Request, search: UUID) -> Response:
        """Another name, e-mails on or off."""
        mine = saved.saved_search_of(me(request), search)
        body = SearchChange(data=request.data)
        body.is_valid(raise_exception=True)
        actions.change_search(search=mine, **body.validated_data)
        return Response(SavedSearchSerializer(mine).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, search: UUID) -> Response:
        """Forget a saved search."""
        actions.forget_search(search=saved.saved_search_of(me(request), search))
        return Response(status=204)


class StopSearch(APIView):
    """For whoever holds the e-mail, signed in or not."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[StopParams], responses=StoppedSearchSerializer, auth=[])
    def get(self, request: Request) -> Response:
        """Which search the link is of. Changes nothing: programs that read e-mail open links too."""
        asked = StopParams(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return Response(StoppedSearchSerializer(saved.search_of_token(asked.validated_data["token"])).data)

    @extend_schema(request=StopParams, responses=StoppedSearchSerializer, auth=[])
    def post(self, request: Request) -> Response:
        """No more e-mails for this search."""
        asked = StopParams(data=request.data)
        asked.is_valid(raise_exception=True)
        search = saved.search_of_token(asked.validated_data["token"])
        actions.silence_search(search=search)
        return Response(StoppedSearchSerializer(search).data)
