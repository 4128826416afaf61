"""Releasing an edition: the checklist, and the bundle that goes out when it holds."""
