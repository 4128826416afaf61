"""What somebody sent: recognised, checked, tried out in a copy, and shown before it is taken in."""
