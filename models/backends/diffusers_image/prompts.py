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
    unsaid = pieces(negative or "", pipe.tokenizer) if guided else []
    rounds = max(len(said), len(unsaid))
    said += [""] * (rounds - len(said))
    unsaid += [""] * (rounds - len(unsaid)) if guided else []
    # All pieces at once: the encoders are small, and a card waits for each call longer than it computes.
    with torch.no_grad():
        heard, _, pooled, _ = pipe.encode_prompt([*said, *unsaid], device=device, do_classifier_free_guidance=False)
    found = {"prompt_embeds": _laid_out(heard[:rounds]), "pooled_prompt_embeds": pooled[:1]}
    if guided:
        against = {"negative_prompt_embeds": _laid_out(heard[rounds:]), "negative_pooled_prompt_embeds": pooled[rounds : rounds + 1]}
        if negative is None and pipe.config.force_zeros_for_empty_prompt:
            against = {name: torch.zeros_like(one) for name, one in against.items()}
        found |= against
    return found


def _laid_out(heard: Any) -> Any:
    """(pieces, 77, width) end to end: (1, pieces * 77, width)."""
    return heard.reshape(1, -1, heard.shape[-1])


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
