"""Every setting, from one place: keyword > environment > ``.env`` > ``sanad.toml`` > default.

This is the only module that reads or sets environment variables. In the environment and in ``.env`` a setting
is spelled ``SANAD_HOME``; in ``sanad.toml`` it is ``home``. ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL`` keep the
names that every OpenAI-compatible program uses. Secrets are masked in ``repr`` and never logged.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from qa.errors import SettingsError

PREFIX = "SANAD_"
TOML_FILE = "sanad.toml"
ENV_FILE = ".env"


class Settings(BaseSettings):
    """All settings, typed. Build it with :func:`load_settings`, which turns mistakes into one clear line."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        toml_file=TOML_FILE,
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
    )

    home: Path = Field(Path(".sanad"), description="Folder of the library.")
    llm: Literal["auto", "extractive", "openai"] = Field(
        "auto", description="What answers; auto is openai when there is a key, else extractive."
    )
    model: str = Field("gpt-4.1-mini", description="Model name for the OpenAI-compatible server.")
    embeddings: Literal["embedded", "openai", "fastembed"] = Field(
        "embedded", description="What computes the vectors in Chroma."
    )
    embedding_model: str | None = Field(None, description="Model of the openai or fastembed embedder.")
    reranker: Literal["none", "fastembed", "llm"] = Field(
        "none", description="What orders the best passages anew: a model on this machine, or the LLM."
    )
    reranker_model: str | None = Field(None, description="Model of the fastembed reranker.")
    chroma_url: str | None = Field(None, description="A Chroma server, http://host:port, instead of the embedded one.")
    chroma_documents: bool = Field(True, description="Keep passage texts in Chroma too, for its other clients.")
    database_url: str | None = Field(None, description="SQLAlchemy address of the catalog; SQLite in home by default.")
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY"), description="Key of the LLM server."
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL"),
        description="Address of an OpenAI-compatible server.",
    )
    unsupported: Literal["withhold", "mark"] = Field(
        "withhold", description="What happens to a statement that its quotes do not support."
    )
    follow_ups: Literal["words", "llm"] = Field(
        "words",
        description="What makes a follow-up question standalone: words carried over, or one more call of the LLM.",
    )
    history_tokens: int = Field(
        600, ge=64, description="Most of a conversation that the LLM sees for it, in o200k_base tokens."
    )
    workers: int | None = Field(
        None, ge=1, le=64, description="Processes that prepare articles; one for each core but one by default."
    )
    top_k: int = Field(8, ge=1, le=50, description="Passages that an answer may rest on.")
    passage_tokens: int = Field(256, ge=32, le=4096, description="Largest passage, in o200k_base tokens.")
    evidence_tokens: int = Field(1400, ge=256, description="Largest evidence sent to an LLM, in o200k_base tokens.")
    llm_timeout: float = Field(60.0, gt=0, description="Seconds an LLM answer may take, retries included.")
    structured: bool = Field(
        False, description="Ask the LLM for JSON by a schema (response_format); falls back where a server has none."
    )
    judge: Literal["none", "llm"] = Field(
        "none", description="Whether the LLM is asked a second time, if the quotes support the statements."
    )
    price_input: float | None = Field(None, ge=0, description="US dollars a million prompt tokens, for the cost.")
    price_output: float | None = Field(None, ge=0, description="US dollars a million completion tokens.")
    host: str = Field("127.0.0.1", description="Address the page listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port the page listens on.")
    hosts: str = Field(
        "", description="Names, separated by commas, that a proxy in front of the page may be reached by."
    )

    @property
    def answerer(self) -> Literal["extractive", "openai"]:
        """What answers, with ``auto`` resolved."""
        if self.llm == "auto":
            return "openai" if self.openai_api_key or self.openai_base_url else "extractive"
        return self.llm

    @property
    def catalog_url(self) -> str:
        """The SQLAlchemy address of the catalog."""
        return self.database_url or f"sqlite:///{(self.home / 'catalog.sqlite3').resolve()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:
    """Settings from keyword, environment, ``.env`` and ``sanad.toml``; keywords that are None are left out.

    Raises SettingsError for a name that no setting has, with the nearest one that exists, and for a value that
    does not fit, with what would.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    _refuse_unknown(given)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{TOML_FILE} cannot be read: {error}.", hint="Mend or remove the file.") from error
    return settings


def _refuse_unknown(given: dict[str, Any]) -> None:
    known = set(Settings.model_fields)
    variables = {f"{PREFIX}{name.upper()}" for name in known if not name.startswith("openai_")}
    for name in given:
        if name not in known:
            raise SettingsError(f"There is no setting {name!r}.{_nearest(name, known)}")
    dotenv = DotEnvSettingsSource(Settings, env_file=ENV_FILE).env_vars
    for where, names in (("the environment", list(os.environ)), (ENV_FILE, list(dotenv))):
        for name in map(str.upper, names):
            if name.startswith(PREFIX) and name not in variables:
                raise SettingsError(f"{where} sets {name}, which no setting has.{_nearest(name, variables)}")
    for name in _toml_names():
        if name not in known:
            raise SettingsError(f"{TOML_FILE} sets {name!r}, which no setting has.{_nearest(name, known)}")


def _toml_names() -> list[str]:
    path = Path(TOML_FILE)
    if not path.is_file():
        return []
    try:
        return list(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{TOML_FILE} cannot be read: {error}.", hint="Mend or remove the file.") from error


def _nearest(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f" Did you mean {close[0]}?" if close else " `sanad status` lists the settings."


def _explain(error: ValidationError) -> str:
    """One line per mistake, without the value: it may be a secret."""
    lines = []
    for item in error.errors(include_input=False, include_url=False):
        name = str(item["loc"][0]) if item["loc"] else "?"
        variable = name.upper() if name.lower().startswith("openai_") else f"{PREFIX}{name.upper()}"
        lines.append(f"Setting {variable}: {item['msg']}.")
    return " ".join(lines)


def use_bundled_encodings() -> None:
    """Point tiktoken at the encodings that llama-index-core ships, so that it never downloads one.

    A cache folder that the user has set stays.
    """
    spec = importlib.util.find_spec("llama_index.core")
    if spec is None or spec.origin is None:
        return
    cache = Path(spec.origin).parent / "_static" / "tiktoken_cache"
    if cache.is_dir():
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(cache))


def disable_vendor_telemetry() -> None:
    """Turn off what Gradio, Chroma and Hugging Face would send home, before they are imported."""
    for name, value in (
        ("GRADIO_ANALYTICS_ENABLED", "False"),
        ("ANONYMIZED_TELEMETRY", "False"),
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("DO_NOT_TRACK", "1"),
    ):
        os.environ[name] = value
