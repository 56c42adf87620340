"""Full-size SDXL with random weights, written here and not downloaded: stock Diffusers against this product's own code, in one run.

    weights.py    the sizes, and a folder of random weights laid out as the hub's
    measure.py    timing, peak memory, the time that is left
    pictures.py   pictures a second: stock, ours, ours in batches, compiled, and the labelled fast profiles
    training.py   steps a second: a stock training loop against lora_training's, recorded and not

Random weights say how fast and how much memory, and whether two ways of computing agree; nothing about how pictures look.
"""
