"""Everything that can be set from outside, read once from the environment (and `.env`) into one frozen value.

Nothing else reads the environment but models/settings.py, whose fields about local models are inherited. A new setting is one field
here (or there); docs/SETTINGS.md is checked against them.
"""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from models.settings import ModelSettings

Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]


class Settings(ModelSettings):
    """Field names in capitals are the environment variables, e.g. OUTPUT_DIR."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    output_dir: Path = Field(Path("output"), description="Where finished ads are written.")
    cache_dir: Path = Field(Path("cache"), description="Rendered stills and probes; safe to delete.")
    cache_gb: float = Field(4.0, gt=0, description="Upper size of the cache of rendered stills, in gigabytes.")
    workers: int = Field(0, ge=0, description="Rendering processes; 0 means one per CPU core.")
    host: str = Field("127.0.0.1", description="Address the web page listens on.")
    port: int = Field(7860, ge=1, le=65535, description="Port the web page listens on.")
    log_level: Level = Field("INFO", description="Least level of what is logged: DEBUG, INFO, WARNING or ERROR.")
    log_format: Literal["text", "json"] = Field("text", description="Shape of a line of the log: text, or json for one object per line.")
    log_dir: Path | None = Field(None, description="Folder for log files, one per day, kept 30 days; empty: standard error only.")
    openai_api_key: SecretStr | None = Field(
        None, description="Key of an OpenAI-compatible service that writes the ad spec; empty: the built-in copywriter."
    )
    openai_base_url: str | None = Field(None, description="Address of that service when it is not OpenAI's.")
    llm_model: str | None = Field(None, description="Model name at that service.")
    llm_price_in: Decimal | None = Field(
        None, ge=0, description="What that model costs to read a million tokens, in US dollars; empty: not known."
    )
    llm_price_out: Decimal | None = Field(
        None, ge=0, description="What that model costs to write a million tokens, in US dollars; empty: not known."
    )
    tts_base_url: str | None = Field(
        None, description="Address of a service that speaks (OpenAI's audio API); empty: OpenAI's, unless OPENAI_BASE_URL is set."
    )
    tts_api_key: SecretStr | None = Field(None, description="Key of that service where it is not OPENAI_API_KEY's.")
    tts_model: str | None = Field(None, description="Model name at that service.")
    tts_price: Decimal | None = Field(
        None, ge=0, description="What that model costs to speak a million characters, in US dollars; empty: not known."
    )
    replicate_api_token: SecretStr | None = Field(
        None, description="Token of a Replicate account, for hosted picture and video models; empty: those models stay off."
    )
    replicate_base_url: str | None = Field(None, description="Address of Replicate's API when calls go through a proxy.")
    data_dir: Path = Field(Path("data"), description="Accounts, finished ads and the signing secret; the folder to back up.")
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL as postgresql://user:password@host/name; empty: SQLite in DATA_DIR."
    )
    media_url: str | None = Field(None, description="Where finished files are kept, e.g. s3://bucket/ads; empty: a folder in DATA_DIR.")
    media_by_nginx: bool = Field(
        False,
        description="Whether nginx (deploy/nginx.conf) reads films from the media folder itself once the studio has allowed it.",
    )
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Signs the tokens of people who log in; empty: made once and kept in DATA_DIR."
    )
    registration: Literal["open", "closed"] = Field(
        "open", description="Whether strangers may make accounts; closed: only the first account can be made on the page."
    )
    terms_file: Path | None = Field(
        None, description="Terms of service as text or Markdown that newcomers accept; empty: none. A template: docs/TERMS_TEMPLATE.md."
    )
    allowed_hosts: str = Field(
        "", description="Names this is served under besides this machine's own, with commas between, e.g. studio.example; * for any."
    )
    c2pa: Literal["on", "off"] = Field("on", description="Whether finished films are signed with Content Credentials (C2PA): on or off.")
    c2pa_cert: Path | None = Field(
        None, description="Certificate chain (PEM) to sign films with; empty: a development one that nobody else trusts, made here."
    )
    c2pa_key: Path | None = Field(None, description="Key (PEM, without password) of that certificate.")
    monitoring_token: SecretStr | None = Field(
        None,
        min_length=16,
        description="Who bears it as a Bearer token may read /metrics and the parts of /api/health; empty: this machine alone.",
    )
    otel_exporter_otlp_endpoint: str | None = Field(
        None,
        description="Address of an OpenTelemetry collector (OTLP over HTTP, e.g. http://127.0.0.1:4318), told of requests and steps.",
    )
    ad_cap_usd: Decimal = Field(Decimal(5), ge=0, description="Most that one ad, or one set of pictures or takes, may cost, in US dollars.")
    user_cap_usd: Decimal = Field(Decimal(50), ge=0, description="Most that one person may spend in a calendar month (UTC), in US dollars.")
    retry_days: float = Field(
        1.0, ge=0, description="Days for which the unfinished work of a failed ad is kept, so that a retry need not begin from nothing."
    )
    retention_days: int = Field(
        30,
        ge=0,
        description="Days after its last change on which what nobody keeps is removed: ads, hero frames, takes, uploads; 0: never.",
    )
    professional: bool = Field(True, description="Whether Hero Frames, Workspace and Quality are among the pages; the API has them always.")
    auto_attempts: int = Field(3, ge=1, le=6, description="Takes that are made of a hero frame at once where nobody says how many.")
    auto_select: bool = Field(True, description="Whether the best take is marked by what it measures; groups of takes may say otherwise.")
    takes_alert_usd: Decimal = Field(
        Decimal(2), ge=0, description="A set of takes that may cost more is pointed out before it is ordered, and logged, in US dollars."
    )
    generations_per_hour: int = Field(10, ge=1, description="Ads that one person may start within an hour.")
    requests_per_minute: int = Field(100, ge=1, description="API requests that one person may send within a minute.")
    ads_at_once: int = Field(10, ge=1, description="Ads that are being made at the same time, on all workers together; the rest wait.")
    queue_limit: int = Field(500, ge=1, description="Orders that may wait; while so many do, further ones are refused for the moment.")
    worker_lease_s: float = Field(
        30.0, ge=1, description="Seconds after which a worker that is not heard of is taken for dead and its work handed on (PostgreSQL)."
    )
