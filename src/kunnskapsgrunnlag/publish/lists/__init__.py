"""The lists that the system writes itself."""
