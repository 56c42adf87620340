"""The embedded picture and video backend: path-traced product photography, with no weights to download."""
