"""Measurements, each beside a peer or a floor taken in the same run. Nothing here is imported by the product."""
