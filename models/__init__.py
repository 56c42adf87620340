"""The model runtime: pixels, frames, samples, tokens and seeds. It has never heard of ads, brands or aspect ratios."""
