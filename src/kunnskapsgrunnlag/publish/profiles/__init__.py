"""Profiles: a page and a print for each area of a level, made from what the catalogue declares."""
