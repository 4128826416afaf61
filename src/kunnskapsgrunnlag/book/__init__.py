"""The chapters: read, checked, and their claims judged."""
