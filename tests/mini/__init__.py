"""A mini edition: six real items with their sources, in chapters of their own."""
