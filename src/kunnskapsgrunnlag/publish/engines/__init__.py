"""The engines that turn chapters into pages."""
