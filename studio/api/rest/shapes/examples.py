"""Whole examples for the OpenAPI document, where those of single fields do not make one. Values only; a test keeps them fitting."""

from typing import Any

A_PROMPT = "Create a luxury watch ad for Instagram"
AN_AD = "0b9a3c0e-6f0e-4c39-9d6b-0f8a2a4f6d11"
A_TIME = "2025-11-14T10:30:00Z"
LATER = "2025-11-14T10:31:37Z"
A_FILM = "/api/media/8c6c1b2e-6a3e-4a44-9d0b-6c9be5f3a001"
A_POSTER = "/api/media/8c6c1b2e-6a3e-4a44-9d0b-6c9be5f3a002"

Example = dict[str, Any]

ASKED: Example = {
    "prompt": A_PROMPT,
    "duration": 15,
    "aspect_ratio": "9:16",
    "style": "luxury",
    "brand": "Aurelia",
    "brand_colors": ["#0A192F", "#D4AF37"],
    "seed": 7,
}

ORDERED: Example = {"generation_id": AN_AD, "status": "pending", "message": "Video generation started"}

STATUS: Example = {
    "generation_id": AN_AD,
    "kind": "ad",
    "status": "processing",
    "progress": 65,
    "current_step": "Filming shot 2 of 3",
    "video_url": None,
    "cost": None,
    "error": None,
    "created_at": A_TIME,
    "completed_at": None,
    "eta_s": 38.0,
    "queue_position": None,
}

CARD: Example = {
    "id": AN_AD,
    "prompt": A_PROMPT,
    "status": "completed",
    "progress": 100,
    "current_step": "Done",
    "video_url": f"/api/video/{AN_AD}",
    "thumbnail_url": f"/api/thumbnail/{AN_AD}",
    "duration": 15,
    "aspect_ratio": "9:16",
    "framework": "AIDA",
    "cost": 0.0,
    "error": None,
    "cancelled": False,
    "created_at": A_TIME,
    "completed_at": LATER,
    "team_id": None,
    "may": "manage",
}

LISTING: Example = {"total": 45, "limit": 20, "offset": 0, "generations": [CARD]}

DETAIL: Example = {
    "id": AN_AD,
    "kind": "ad",
    "set_id": None,
    "group_id": None,
    "status": "completed",
    "cancelled": False,
    "progress": 100,
    "step": "done",
    "current_step": "Complete",
    "eta_s": None,
    "elapsed_s": 97.2,
    "queue_position": None,
    "revision": 212,
    "error": None,
    "created_at": A_TIME,
    "completed_at": LATER,
    "quoted_cost": 0.0,
    "cost": 0.0,
    "brief": ASKED
    | {
        "framework": None,
        "grade": None,
        "voice": "off",
        "captions": "off",
        "models": {},
        "coherence": {"seed_control": True, "color_matching": True, "reference": True, "layout_control": True},
        "lora": "",
        "lora_weight": 1.0,
        "product_image_id": None,
        "rating": "",
        "features": [],
        "kit": None,
    },
    "result": {
        "video_url": A_FILM,
        "download_url": f"/api/video/{AN_AD}",
        "poster_url": A_POSTER,
        "width": 1080,
        "height": 1920,
        "fps": 24,
        "duration_s": 15.0,
        "size_bytes": 30_381_056,
        "framework": "AIDA",
        "rationale": "A watch is wanted before it is needed, so the story builds desire before it asks.",
        "num_scenes": 4,
        "models": ["built-in copywriter", "product-studio/v1", "sound-studio/v1"],
        "notes": [],
        "stages": [{"name": "visuals", "label": "Filming the shots", "seconds": 73.6}],
        "lufs": -14.0,
    },
    "team_id": None,
    "may": "manage",
}

IMPROVED: Example = {
    "original": A_PROMPT,
    "improved": "Create a luxury watch ad for Instagram, on wet slate, in low warm light",
    "writer": "built-in copywriter",
    "cost": 0.0,
    "changes": [{"kind": "place", "before": "", "after": "on wet slate", "reason": "A place gives the light something to do."}],
    "notes": [],
}

CAPABILITIES: Example = {
    "can_make_ads": True,
    "abilities": [],
    "models": {"text": [{"id": "built-in", "title": "Built-in copywriter", "ready": True, "why_not": "", "price": "free"}]},
    "styles": [{"name": "luxury", "title": "Luxury", "hint": "Dark, precise and slow: rim light, engraved capitals, strings."}],
    "coherence": [
        {"name": "seed_control", "title": "One seed for every shot", "hint": "The same set in every shot.", "ready": True, "why_not": ""}
    ],
    "voices": [
        {"name": "auto", "title": "Automatic", "model": "openai/gpt-4o-mini-tts", "ready": True, "why_not": "", "price": "$0.0003 a second"}
    ],
    "loras": [
        {
            "name": "our-watch",
            "title": "zrx watch",
            "hint": "Write “zrx watch” into the prompt.",
            "ready": True,
            "why_not": "",
            "trigger": "zrx watch",
            "base": "sdxl",
            "rank": 16,
            "alpha": 16.0,
            "created": "2026-11-25T12:00:00+00:00",
        }
    ],
}


WHOLE: dict[str, list[Example]] = {
    "Asked": [{"prompt": A_PROMPT}, ASKED],
    "OrderedReply": [ORDERED],
    "StatusReply": [STATUS],
    "CardReply": [CARD],
    "ListingReply": [LISTING],
    "DetailReply": [DETAIL],
    "ImprovedReply": [IMPROVED],
    "CapabilitiesReply": [CAPABILITIES],
}
"""By the name of the shape. Put into the finished document: FastAPI would leave out of them whatever is null."""
