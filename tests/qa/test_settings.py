"""Settings: where they come from, in what order, and what a mistake says."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.settings import load_settings


def test_a_keyword_beats_the_environment_which_beats_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sanad.toml").write_text("top_k = 3\nmodel = 'from-toml'\npassage_tokens = 99\nport = 1\n")
    Path(".env").write_text("SANAD_TOP_K=4\nSANAD_MODEL=from-dotenv\nSANAD_PASSAGE_TOKENS=100\n")
    monkeypatch.setenv("SANAD_TOP_K", "5")
    monkeypatch.setenv("SANAD_MODEL", "from-environment")
    settings = load_settings(top_k=6)
    assert (settings.top_k, settings.model, settings.passage_tokens, settings.port) == (6, "from-environment", 100, 1)


def test_a_key_or_a_server_connects_the_llm(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().answerer == "extractive"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert load_settings().answerer == "openai"
    assert load_settings(llm="extractive").answerer == "extractive"
    monkeypatch.delenv("OPENAI_API_KEY")
    assert load_settings(openai_base_url="http://127.0.0.1:11434/v1").answerer == "openai"


def test_a_secret_shows_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    settings = load_settings()
    assert "sk-very-secret" not in f"{settings!r} {settings} {settings.model_dump(mode='json')}"
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-very-secret"


def test_an_unknown_name_is_refused_with_the_nearest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="Did you mean top_k"):
        load_settings(topk=3)
    monkeypatch.setenv("SANAD_HOM", "x")
    with pytest.raises(SettingsError, match=r"the environment sets SANAD_HOM.*SANAD_HOME"):
        load_settings()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (".env", "SANAD_MODLE=x\n", r"\.env sets SANAD_MODLE.*SANAD_MODEL"),
        ("sanad.toml", "modle = 'x'\n", "sanad.toml sets 'modle'.*model"),
        ("sanad.toml", "model = [", "sanad.toml cannot be read"),
        ("sanad.toml", "top_k = 0\n", "SANAD_TOP_K: .*greater than or equal to 1"),
    ],
)
def test_a_mistake_in_a_file_says_which_and_what(file: str, content: str, message: str) -> None:
    Path(file).write_text(content)
    with pytest.raises(SettingsError, match=message):
        load_settings()


def test_a_value_that_does_not_fit_names_the_variable_and_not_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_PORT", "not-a-port")
    with pytest.raises(SettingsError, match="SANAD_PORT") as caught:
        load_settings()
    assert "not-a-port" not in str(caught.value)


def test_dotenv_may_hold_the_variables_of_other_programs() -> None:
    Path(".env").write_text("OTHER_PROGRAM=1\nSANAD_TOP_K=2\n")
    assert load_settings().top_k == 2
