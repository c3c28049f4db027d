"""What changes listings and what hangs on them: keyword-only, one transaction each, lock, then check, then write."""

from listings.actions.blocks import block_dates, block_own_dates, confirm_block, extend_hold, free_block, free_own_dates
from listings.actions.changes import Changes, ExtraChange
from listings.actions.duplicate import duplicate_listing
from listings.actions.edit import begin_listing, create_listing, update_listing
from listings.actions.lifecycle import (
    pause_listing,
    pause_listings_of,
    publish_listing,
    remove_listing,
    resume_listing,
    suspend_listing,
    unsuspend_listing,
)
from listings.actions.map_cells import rebuild_map, refresh_map
from listings.actions.overdue import record_overdue
from listings.actions.photos import (
    add_photo,
    digest_of,
    drop_unused,
    hang_photos,
    remove_photo,
    reorder_photos,
    store_photo,
    sweep_photo_files,
)
from listings.actions.response import Responses, record_response
from listings.actions.saved_bikes import save_bike, unsave_bike
from listings.actions.saved_searches import change_search, forget_search, save_search, silence_search
from listings.actions.stolen import (
    CANCEL_BOOKINGS,
    SUSPEND,
    found_again,
    register_stolen,
    report_stolen,
    revoke_report,
    settle_held,
    suspend_reported,
)
from listings.actions.watching import tell_new_matches

__all__ = [
    "CANCEL_BOOKINGS",
    "SUSPEND",
    "Changes",
    "ExtraChange",
    "Responses",
    "add_photo",
    "begin_listing",
    "block_dates",
    "block_own_dates",
    "change_search",
    "confirm_block",
    "create_listing",
    "digest_of",
    "drop_unused",
    "duplicate_listing",
    "extend_hold",
    "forget_search",
    "found_again",
    "free_block",
    "free_own_dates",
    "hang_photos",
    "pause_listing",
    "pause_listings_of",
    "publish_listing",
    "rebuild_map",
    "record_overdue",
    "record_response",
    "refresh_map",
    "register_stolen",
    "remove_listing",
    "remove_photo",
    "reorder_photos",
    "report_stolen",
    "resume_listing",
    "revoke_report",
    "save_bike",
    "save_search",
    "settle_held",
    "silence_search",
    "store_photo",
    "suspend_listing",
    "suspend_reported",
    "sweep_photo_files",
    "tell_new_matches",
    "unsave_bike",
    "unsuspend_listing",
    "update_listing",
]
