"""Places the last events where nearly everything is taken: throw somebody out, and learn whom not to."""
