"""The built-in copywriter: an ad spec from a brief without any language model.

lexicon.py    finds the product in the prompt; `products/` holds what is known of each category and its lines
voice.py      how a mood speaks, moves and sounds
looks.py      palettes and the sets that suit them; staging.py has the words for sets and lights
writer.py     puts these together into an AdSpec
honesty.py    finds facts in copy that the prompt never gave
"""
