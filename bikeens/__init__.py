"""Bikeens: residents rent their own bikes out."""
