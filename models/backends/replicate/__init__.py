"""Hosted picture and video models at Replicate, over its raw HTTP API.

    backend.py    an ask in, a Still or a Clip out
    inputs.py     an ask as a model's inputs, by the row's table (models/catalog/hosted.py)
    orders.py     placing an order once, and finding it again by its key
    outcome.py    waiting for it to end, and what each ending means and costs
    delivery.py   fetching what was made, looking at it, and bringing it into the asked shape
    api.py        one request, one translation of what went wrong

The official client is not used here: it drops `wait` and `model` in places, waits for ever on a server that hangs, breaks on the
status "aborted", and sends the token to whatever host a file lies on.
"""
