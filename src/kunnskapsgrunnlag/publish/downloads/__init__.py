"""What readers take with them: CSV, accessible workbooks, and a zip with a data package.

The core makes bytes of an item's record and its entry in the catalogue, the same bytes on every
machine; only `write` touches files.
"""
