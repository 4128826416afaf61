"""The verbs of `kg`, one small file each."""
