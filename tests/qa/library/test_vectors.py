"""The vectors in Chroma: embedded, on a server, and as LlamaIndex sees them."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.errors import VectorStoreError
from qa.library import Library
from qa.library.chroma_folder import SYNC_THRESHOLD, ChromaFolder
from qa.library.vectors import VectorsLostError, VectorStore
from qa.values import Passage, Span
from tests.qa.library.workers import dump, prepared, settings_of


def passages(count: int, first: int = 0) -> list[Passage]:
    return [
        Passage(
            f"a{n}@1#0", f"a{n}", 0, 0, 4, "Word", (Span(0, 4),), language="en", published=f"2025-01-{1 + n % 9:02}"
        )
        for n in range(first, first + count)
    ]


def unit_vectors(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(settings_of(tmp_path), "sanad-test-1", create=True)
    yield store
    store.close()


def test_nearest_first_with_cosine_as_score(store: VectorStore) -> None:
    vectors = unit_vectors(300)
    store.add(passages(300), vectors)
    hits = store.query(vectors[7], 10)
    exact = vectors @ vectors[7]
    assert [hit.id for hit in hits] == [f"a{n}@1#0" for n in np.argsort(-exact)[:10]]
    assert [hit.score for hit in hits] == pytest.approx(sorted(exact, reverse=True)[:10], abs=1e-5)
    assert store.query(vectors[7], 0) == []


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.query(unit_vectors(1)[0], 5) == []
    assert store.embeddings([]) == {}


def test_more_than_one_call_of_chroma_takes(store: VectorStore) -> None:
    """Chroma refuses more than 5,461 records at once; the graph is saved several times on the way."""
    count = 5_600
    vectors = unit_vectors(count)
    store.add(passages(count), vectors)
    assert store.count() == count
    assert store.ids() == {passage.id for passage in passages(count)}
    store.delete([passage.id for passage in passages(500)])
    assert store.count() == 5_100
    assert store.query(vectors[5_555], 1)[0].id == "a5555@1#0"


def test_vectors_come_back_as_they_were_given(store: VectorStore) -> None:
    vectors = unit_vectors(5)
    store.add(passages(5), vectors)
    found = store.embeddings(["a3@1#0", "a1@1#0", "none"])
    assert set(found) == {"a1@1#0", "a3@1#0"}
    np.testing.assert_allclose(found["a3@1#0"], vectors[3], atol=1e-6)


def test_a_filter_of_chroma(store: VectorStore) -> None:
    vectors = unit_vectors(20)
    store.add(passages(20), vectors)
    hits = store.query(vectors[0], 20, where={"published": {"$lte": 20250102}})
    assert {hit.id for hit in hits} == {f"a{n}@1#0" for n in range(20) if n % 9 < 2}


def test_room_counts_down_to_the_record_that_makes_chroma_save(tmp_path: Path) -> None:
    """Chroma's log is read to know when it saves: this fails if a new Chroma saves at another time."""
    store = VectorStore(settings_of(tmp_path), "sanad-test-1", create=True)
    folder = ChromaFolder(tmp_path / "chroma")

    def saved() -> list[Path]:
        return list((tmp_path / "chroma").glob("*/index_metadata.pickle"))

    def room() -> int:
        return folder.room(store.collection_id)

    assert room() == SYNC_THRESHOLD - 1
    store.add(passages(SYNC_THRESHOLD - 1), unit_vectors(SYNC_THRESHOLD - 1))
    assert (room(), saved()) == (0, [])
    store.add(passages(1, first=5000), unit_vectors(1))
    assert room() > SYNC_THRESHOLD - 3
    assert len(saved()) == 1


def test_a_mark_left_by_a_save_that_did_not_end(tmp_path: Path) -> None:
    VectorStore(settings_of(tmp_path), "sanad-test-1", create=True).close()
    folder = ChromaFolder(tmp_path / "chroma")
    with pytest.raises(KeyboardInterrupt), folder.saving("sanad-test-1"):
        raise KeyboardInterrupt
    VectorStore(settings_of(tmp_path), "sanad-test-1").close()
    with pytest.raises(OSError, match="disk"), folder.saving("sanad-test-1"):
        raise OSError("the disk is full")
    with pytest.raises(VectorsLostError):
        VectorStore(settings_of(tmp_path), "sanad-test-1")
    other = VectorStore(settings_of(tmp_path), "sanad-test-2", create=True)
    other.drop("sanad-test-1")
    VectorStore(settings_of(tmp_path), "sanad-test-1", create=True).close()


def test_a_library_whose_graph_was_half_saved_mends_itself(tmp_path: Path) -> None:
    with Library.open(settings_of(tmp_path)) as library:
        library.add([prepared(number) for number in range(6)])
        name = library.vectors.name
    before = dump(tmp_path)
    (tmp_path / f"chroma.{name}.saving").touch()
    assert dump(tmp_path) == before
    assert list(tmp_path.glob("*.saving")) == []


def test_llama_index_reads_the_passages(tmp_path: Path) -> None:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

    with Library.open(settings_of(tmp_path)) as library:
        library.add([prepared(number) for number in range(9)])

        class Same(BaseEmbedding):
            """The library's embedder, as LlamaIndex calls one."""

            def _get_text_embedding(self, text: str) -> list[float]:
                return [float(number) for number in library.embedder.embed_passages([text])[0]]

            def _get_query_embedding(self, query: str) -> list[float]:
                return [float(number) for number in library.embedder.embed_query(query)]

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        index = VectorStoreIndex.from_vector_store(library.vector_store(), embed_model=Same())
        for number in range(9):
            wanted = library.passages_of(f"ferry-{number}")[1]
            node = index.as_retriever(similarity_top_k=2).retrieve(wanted.text)[0].node
            assert node.node_id == wanted.id
            assert node.get_content() == wanted.text
            assert node.metadata["article_id"] == wanted.article_id
            text = library.article(node.metadata["article_id"]).text
            assert text[node.metadata["start"] : node.metadata["end"]] == wanted.text
        filters = MetadataFilters(filters=[MetadataFilter(key="language", value="ar")])
        nodes = index.as_retriever(similarity_top_k=20, filters=filters).retrieve("Ferry 1")
        assert {node.metadata["article_id"] for node in nodes} == {"ferry-2", "ferry-5", "ferry-8"}


def test_texts_can_be_kept_out_of_chroma(tmp_path: Path) -> None:
    with Library.open(settings_of(tmp_path, chroma_documents=False)) as library:
        library.add([prepared(0)])
        assert library.vectors.documents(sorted(library.vectors.ids())) == {}
        assert library.passages_of("ferry-0")[0].text == prepared(0).passages[0].text


# --- a server ---


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [
        Path(sys.executable).with_name("chroma"),
        "run",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--path",
        folder,
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder) as process:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_a_library_on_a_chroma_server(server: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", chroma_url=server)
    with Library.open(settings) as library, Library.open(settings_of(tmp_path / "two", chroma_url=server)) as another:
        library.add([prepared(number) for number in range(6)])
        another.add([prepared(7)])
        library.add([prepared(2, version=2)])
        library.remove(["ferry-3"])
        wanted = library.passages_of("ferry-2")[1]
        assert library.vectors.query(library.embedder.embed_query(wanted.text), 1)[0].id == wanted.id
        library.rebuild()
        assert library.vectors.ids() == library.lexical.ids()
        assert len(library.vectors.ids()) == 10
        assert len(another.vectors.ids()) == 2
        assert not (tmp_path / "home" / "chroma").exists()


def test_a_chroma_server_that_is_down(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with Library.open(settings_of(tmp_path, chroma_url=url)) as library:
        with pytest.raises(VectorStoreError, match=f"{url}.*SANAD_CHROMA_URL") as caught:
            library.add([prepared(0)])
        assert "\n" not in str(caught.value)
        assert library.articles() == []
        assert url in library.status().problems[0]


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    with (
        Library.open(settings_of(tmp_path, chroma_url=url)) as library,
        pytest.raises(VectorStoreError, match="http://"),
    ):
        library.add([prepared(0)])
