"""Areas through the years: KLASS, and what to do where codes changed."""
