"""What changes listings and what hangs on them: keyword-only, one transaction each, lock, then check, then write."""

from listings.actions.blocks import block_dates, confirm_block, extend_hold, free_block

__all__ = ["block_dates", "confirm_block", "extend_hold", "free_block"]
