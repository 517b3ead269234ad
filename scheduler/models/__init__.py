"""The nouns: one SQLAlchemy model file per subject."""
