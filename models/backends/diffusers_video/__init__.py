"""Video models on this machine's graphics card, through Diffusers.

backend.py     an ask in, a Clip out
family.py      what is fixed about a family of models, as data; families/ has one file each
shoot.py       how an ask is made by a model that knows only some lengths, rates and sizes; and what is said of it
wording.py     an ask in the words of a prompt
footage.py     stretch after stretch of frames, each beginning where the one before it ended
loading.py     the pipelines of a row, from its folder
"""
