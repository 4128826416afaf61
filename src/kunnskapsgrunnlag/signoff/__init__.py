"""Sign-off: who has approved which content, and what awaits whom before an edition goes out."""
