"""Editions: what one published, how two differ, and the way to the next."""
