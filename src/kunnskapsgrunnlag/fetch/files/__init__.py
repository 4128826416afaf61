"""Files as offices save them: CSV and workbooks read with a declared schema, and templates."""
