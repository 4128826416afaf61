"""Stand-ins: transparent models for tables whose numbers are not public."""
