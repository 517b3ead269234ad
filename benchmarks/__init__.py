"""Commands that print the product's measured figures."""
