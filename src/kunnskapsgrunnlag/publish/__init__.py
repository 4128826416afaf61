"""What readers get: site, PDF, downloads and lists."""
