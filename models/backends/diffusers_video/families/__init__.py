"""The families of local video models, one file each: data, and how their classes are called."""
