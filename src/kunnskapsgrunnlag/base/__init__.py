"""The ground: errors, paths, Norwegian numbers and text, regions. Imports nothing of ours."""
