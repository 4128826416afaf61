"""The file formats that sources come in."""
