"""Editions: what one published, the archive of earlier ones, and the way to the next."""
