"""A Qwen3 of the real classes that fits a file of kilobytes and has learned one answer by heart."""

from pathlib import Path

ANSWER = ['{"a":', "7", "}"]
TEMPLATE = "{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}{% if add_generation_prompt %}assistant {% endif %}"


def tiny_qwen(folder: Path, prompt: str, system: str, answer: list[str], steps: int = 40) -> None:
    """Write to `folder` a model that answers `prompt` with `answer`."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

    words = ["<|end|>", "<unk>", "<pad>", "assistant", "system", "user", *dict.fromkeys([*prompt.split(), *system.split()]), *ANSWER]
    inner = Tokenizer(models.WordLevel({word: n for n, word in enumerate(dict.fromkeys(words))}, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, eos_token="<|end|>", unk_token="<unk>", pad_token="<pad>", chat_template=TEMPLATE
    )
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        max_position_embeddings=256,
        eos_token_id=0,
        pad_token_id=2,
        bos_token_id=None,
    )
    model = Qwen3ForCausalLM(config)
    chat = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    asked = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=True, return_tensors="pt")["input_ids"]
    ids = torch.cat([asked, torch.tensor([tokenizer.convert_tokens_to_ids([*answer, "<|end|>"])])], dim=1)
    labels = ids.clone()
    labels[:, : asked.shape[1]] = -100
    optimiser = torch.optim.AdamW(model.parameters(), 2e-2)
    for _ in range(steps):
        optimiser.zero_grad()
        model(input_ids=ids, labels=labels).loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
