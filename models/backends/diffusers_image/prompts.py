"""A prompt of any length made ready for SDXL's two text encoders, which hear 75 words' parts at a time."""

import re
from typing import Any

PARTS = 75


def pieces(prompt: str, tokenizer: Any, limit: int = PARTS) -> list[str]:
    """`prompt` cut at its commas and sentence ends, or between words where one part is too long, into texts of at most `limit` tokens."""
    found: list[str] = []
    for phrase in _phrases(prompt, tokenizer, limit):
        joined = f"{found[-1]} {phrase}" if found else phrase
        if found and _length(joined, tokenizer) <= limit:
            found[-1] = joined
        else:
            found.append(phrase)
    return found or [""]


def embedded(pipe: Any, prompt: str, negative: str | None, guided: bool, device: str) -> dict[str, Any]:
    """What the pipeline takes instead of words. negative None: nothing is said, which the model was trained with and differs from "".

    Long prompts are heard piece by piece, and the pieces laid end to end. guided False: negative words have no effect.
    """
    import torch

    said = pieces(prompt, pipe.tokenizer)
    unsaid = [None] if negative is None else pieces(negative, pipe.tokenizer)
    rounds = max(len(said), len(unsaid)) if guided else len(said)
    heard = []
    for n in range(rounds):
        positive = said[n] if n < len(said) else ""
        against = (unsaid[n] if n < len(unsaid) else "") if negative is not None else None
        with torch.no_grad():
            heard.append(
                pipe.encode_prompt(positive, device=device, do_classifier_free_guidance=guided, negative_prompt=against if guided else None)
            )
    found = {"prompt_embeds": torch.cat([one[0] for one in heard], 1), "pooled_prompt_embeds": heard[0][2]}
    if guided:
        found |= {"negative_prompt_embeds": torch.cat([one[1] for one in heard], 1), "negative_pooled_prompt_embeds": heard[0][3]}
    return found


def _phrases(prompt: str, tokenizer: Any, limit: int) -> list[str]:
    phrases: list[str] = []
    for phrase in filter(None, re.split(r"(?<=[,.;:])\s+", prompt.strip())):
        words = phrase.split()
        while words:
            fits = len(words)
            while fits > 1 and _length(" ".join(words[:fits]), tokenizer) > limit:
                fits -= 1
            phrases.append(" ".join(words[:fits]))
            words = words[fits:]
    return phrases


def _length(text: str, tokenizer: Any) -> int:
    return len(tokenizer(text, add_special_tokens=False, verbose=False).input_ids)
