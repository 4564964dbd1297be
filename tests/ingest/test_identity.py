import pytest

from ingest.identity import fingerprint, given_id, id_of_content, id_of_file, id_of_url
from qa.errors import SourceError


def test_an_id_is_readable_stable_and_of_one_place() -> None:
    one = id_of_file("/news/01-ferry.fa.txt", "01-ferry.fa.txt")
    assert one == id_of_file("/news/01-ferry.fa.txt", "01-ferry.fa.txt")
    assert one.startswith("01-ferry-fa-")
    assert one != id_of_file("/old/01-ferry.fa.txt", "01-ferry.fa.txt")


def test_persian_names_stay_readable() -> None:
    assert id_of_file("/news/قطار شبانه.txt", "قطار شبانه.txt").startswith("قطار-شبانه-")


def test_an_address_gives_its_last_part() -> None:
    assert id_of_url("https://post.example/town/new-bridge.html?x=1").startswith("new-bridge-")
    assert id_of_url("https://post.example/").startswith("post-example-")


def test_content_without_a_name_is_known_by_itself() -> None:
    assert id_of_content("T", "One.") == id_of_content("T", "One.")
    assert id_of_content("T", "One.") != id_of_content("T", "Two.")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201, "a\x00"])
def test_ids_that_cannot_be_used(name: str) -> None:
    with pytest.raises(SourceError):
        given_id(name)


def test_a_given_id_is_kept() -> None:
    assert given_id(" IRNA/1404-07-29#3 ") == "IRNA/1404-07-29#3"


def test_a_fingerprint_is_of_all_parts() -> None:
    assert fingerprint(b"a", "x") != fingerprint(b"a", "y") != fingerprint(b"b", "y")
    assert fingerprint(b"a", "x") == fingerprint(b"a", "x")
