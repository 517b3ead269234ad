"""Speaks: parse a request, call one service or query, answer."""
