"""Snapshots: the frozen input of the pipeline, each with its provenance."""
