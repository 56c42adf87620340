"""The HTTP side: thin adapters over the services."""
