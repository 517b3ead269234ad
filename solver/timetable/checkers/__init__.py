"""One checker per hard rule, in plain Python that a planner can review; none shares code with the model."""
