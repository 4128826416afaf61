"""params.yaml read into types; every mistake named with its line and a way out."""
