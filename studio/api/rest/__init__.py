"""The REST API of PRD §14: thin adapters over the services, a sub-application to be mounted at /api."""
