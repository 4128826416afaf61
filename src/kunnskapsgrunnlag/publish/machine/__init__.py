"""What the site has for programs: descriptions, index, feed, site map, plain text, redirects."""
