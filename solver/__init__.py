"""Finds: plain values in, plain values out."""
