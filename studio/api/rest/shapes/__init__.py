"""What goes over the wire, as the OpenAPI document describes it. Values only: each shape is filled from what a service tells."""
