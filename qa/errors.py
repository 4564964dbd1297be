"""Everything that Sanad raises on purpose. Each message says what happened, to what, and what to do.

    SanadError
    ├── SettingsError            a setting is unknown or has a value that does not fit
    ├── QuestionError            a question cannot be asked: it is empty
    ├── SourceError              a file, folder or address cannot be read as articles
    ├── LibraryError             the library cannot be opened, read or written
    │   ├── ArticleNotFoundError     no article has this id
    │   ├── LibraryBusyError         another process is writing
    │   ├── EmbedderMismatchError    the library was filled by another embedder
    │   ├── CatalogError             the SQL database fails
    │   └── VectorStoreError         Chroma fails or cannot be reached
    ├── EmbeddingError           the embedder fails
    ├── LLMError                 the LLM server fails
    │   ├── LLMConnectionError       it cannot be reached
    │   ├── LLMAuthenticationError   it refuses the key
    │   ├── LLMRateLimitError        it asks to slow down
    │   ├── LLMTimeoutError          it takes too long
    │   └── LLMResponseError         it breaks off or answers with something unusable
    │       ├── LLMLengthError           its answer reaches the length limit
    │       └── LLMSchemaError           it takes no response_format, or does not keep to it
    ├── WorkerError              a process to work in cannot be started
    └── PromptError              a prompt file is missing or lacks a variable

Errors of vendors (Chroma, SQLAlchemy, openai, …) are translated where the vendor is touched.
"""

from __future__ import annotations


class SanadError(Exception):
    """The root. ``hint`` is one line that says what to do; ``exit_code`` is what the command line ends with."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class SettingsError(SanadError):
    """A setting is unknown or has a value that does not fit."""

    exit_code = 2


class QuestionError(SanadError):
    """A question cannot be asked: it is empty."""

    exit_code = 2


class SourceError(SanadError):
    """A file, folder or address cannot be read as articles."""


class LibraryError(SanadError):
    """The library cannot be opened, read or written."""


class ArticleNotFoundError(LibraryError):
    """No article in the library has this id."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class EmbedderMismatchError(LibraryError):
    """The library was filled by another embedder than the one that is set."""


class CatalogError(LibraryError):
    """The SQL database cannot be reached, or fails."""


class VectorStoreError(LibraryError):
    """Chroma cannot be reached, or fails."""


class EmbeddingError(SanadError):
    """The embedder fails."""


class LLMError(SanadError):
    """The LLM server fails."""


class LLMConnectionError(LLMError):
    """The LLM server cannot be reached."""


class LLMAuthenticationError(LLMError):
    """The LLM server refuses the key."""


class LLMRateLimitError(LLMError):
    """The LLM server asks to slow down, or the quota is used up."""


class LLMTimeoutError(LLMError):
    """The LLM server takes longer than the deadline."""


class LLMResponseError(LLMError):
    """The LLM server breaks off or answers with something unusable."""


class LLMLengthError(LLMResponseError):
    """The LLM's answer reaches the length limit and stops in the middle."""


class LLMSchemaError(LLMResponseError):
    """The LLM server takes no ``response_format``, or the LLM does not keep to the one it was given."""


class WorkerError(SanadError):
    """No process could be started to share the work with."""


class PromptError(SanadError):
    """A prompt file is missing or lacks a variable."""
