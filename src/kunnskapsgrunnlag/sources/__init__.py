"""Snapshots with their provenance: found, verified, registered and saved."""
