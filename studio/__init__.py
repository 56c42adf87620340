"""The application: people, settings, wiring, services, pages and the command line. `import studio` stays light."""
