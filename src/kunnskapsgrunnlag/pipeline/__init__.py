"""The stages, the processes that run them, and the commands around a build."""
