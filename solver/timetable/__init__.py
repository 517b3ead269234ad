"""Which event, where and when."""
