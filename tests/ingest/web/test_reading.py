"""Pages, feeds and sitemaps of a real site, into a real library."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from ingest import IngestReport, ingest
from qa.library import Library
from qa.settings import load_settings
from qa.values import Article
from tests.ingest.site import Site, article, own_network, serve

FERRY = (
    "The ferry of Port Ellery sails at noon on every day but Friday, and returns at dusk when the weather allows it.",
    "Captain Mira Kestrel said that the crossing takes 25 minutes, and that no ticket has grown dearer since 2019.",
)
PERSIAN = (
    "کتابخانه شناور سپیدخور از فردا در بندر است و کتاب‌ها را به مردم می‌دهد. این کار تا پایان سال در شهر می‌ماند.",
    "مدیر کتابخانه گفت که بیش از سه هزار جلد کتاب در کشتی هست و مردم می‌توانند هر کتاب را دو هفته نزد خود نگه دارند.",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    server.headers.clear()
    return server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *urls: str, **options: object) -> IngestReport:
    return ingest(list(urls), home=home, fetcher=own_network(), **options)  # type: ignore[arg-type]


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def articles(home: Path) -> list[Article]:
    with Library.open(load_settings(home=home)) as library:
        return [library.article(one.id) for one in library.articles()]


def only(home: Path) -> Article:
    (one,) = articles(home)
    return one


def rss(*items: str, title: str = "Dorra Herald") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>/</link>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "The ferry", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>In short.</description>{more}</item>"


def sitemap(*urls: str, root: str = "urlset", tag: str = "url", more: str = "") -> str:
    inner = "".join(f"<{tag}><loc>{url}</loc>{more}</{tag}>" for url in urls)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


def test_a_page_goes_in_with_its_own_address(site: Site, home: Path) -> None:
    canonical = f'<link rel="canonical" href="{site.address}/ferry"><meta property="og:site_name" content="Herald">'
    url = site.add("/ferry?utm_source=mail", article("The ferry sails", *FERRY, head=canonical))
    report = run(home, url)
    assert counts(report) == (1, 0, 0, 0)
    found = only(home)
    assert (found.title, found.source, found.url) == ("The ferry sails", "Herald", f"{site.address}/ferry")
    assert found.origin == url
    assert found.id.startswith("ferry-")
    assert FERRY[1] in found.text


def test_two_addresses_of_one_page_are_one_article(site: Site, home: Path) -> None:
    page = article("The ferry sails", *FERRY, head='<link rel=canonical href="/ferry">')
    report = run(home, site.add("/ferry", page), site.add("/amp/ferry", page), site.add("/ferry?fbclid=x", page))
    assert counts(report) == (1, 0, 0, 0)


@pytest.mark.parametrize("named", ["https://other.example/ferry", "/", "javascript:alert(1)"])
def test_a_canonical_address_that_cannot_be_is_not_believed(site: Site, home: Path, named: str) -> None:
    url = site.add("/ferry", article("The ferry sails", *FERRY, head=f'<link rel="canonical" href="{named}">'))
    library = site.add("/library", article("The library", *PERSIAN, head=f'<link rel="canonical" href="{named}">'))
    assert counts(run(home, url, library)) == (2, 0, 0, 0)


def test_an_unchanged_page_is_not_sent_again(site: Site, home: Path) -> None:
    url = site.add("/ferry", article("The ferry sails", *FERRY), headers={"ETag": '"1"'})
    run(home, url)
    assert counts(run(home, url)) == (0, 0, 1, 0)
    assert site.headers[1]["if-none-match"] == '"1"'
    site.add("/ferry", article("The ferry rests", *FERRY), headers={"ETag": '"2"'})
    assert counts(run(home, url)) == (0, 1, 0, 0)
    assert only(home).title == "The ferry rests"


def test_a_page_that_was_removed_from_the_library_is_fetched_whole_again(site: Site, home: Path) -> None:
    url = site.add("/ferry", article("The ferry sails", *FERRY), headers={"ETag": '"1"'})
    run(home, url)
    with Library.open(load_settings(home=home)) as library:
        library.remove([library.articles()[0].id])
    assert counts(run(home, url)) == (1, 0, 0, 0)


def test_what_no_page_can_be_read_from_is_named_with_its_reason(site: Site, home: Path) -> None:
    urls = {
        site.add("/picture", b"\x89PNG", kind="image/png"): "image/png",
        site.address + "/missing": "404",
        "ftp://news.example/a": "neither http nor https",
        site.add("/empty", "<html></html>"): "no article text",
    }
    good = site.add("/good", article("The ferry sails", *FERRY))
    report = run(home, *urls, good)
    assert report.added == 1
    assert {failure.source for failure in report.failed} == set(urls)
    assert all(urls[failure.source] in failure.reason for failure in report.failed)


def test_other_formats_behind_an_address(site: Site, home: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", FERRY[0])
        archive.writestr("b.txt", FERRY[1])
    lines = "\n".join(json.dumps({"id": f"w{n}", "text": f"Story {n}."}) for n in range(3)) + "\n{bad\n"
    text = site.add("/plain", PERSIAN[0], kind="text/plain; charset=utf-8")
    report = run(
        home,
        text,
        site.add("/wire.jsonl", lines, kind="application/octet-stream"),
        site.add("/all.zip", packed.getvalue(), kind="application/zip"),
    )
    assert report.added == 6
    assert [failure.source for failure in report.failed] == [f"{site.address}/wire.jsonl:4"]
    assert {one.origin for one in articles(home)} >= {text, f"{site.address}/all.zip!a.txt"}


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("windows-1256", "text/html; charset=windows-1256", ""),
        ("windows-1256", "text/html", "windows-1256"),
        ("windows-1256", "text/html; charset=ISO-8859-1", "windows-1256"),
        ("windows-1256", "text/html; charset=utf-8", "windows-1256"),
        ("utf-8", "text/html; charset=ISO-8859-1", ""),
        ("utf-8", "text/html; charset=windows-1256", "utf-8"),
        ("utf-16", "text/html; charset=utf-8", ""),
    ],
)
def test_encodings_and_those_that_claim_another(site: Site, home: Path, encoding: str, header: str, meta: str) -> None:
    text = "\n".join(PERSIAN).replace("ی", "ي")
    page = article("كتابخانه", *text.split("\n"), head=f'<meta charset="{meta}">' if meta else "")
    run(home, site.add("/a", page.encode(encoding), kind=header))
    assert text.split("\n")[1] in only(home).text


# --- feeds ---


def test_a_feed_brings_the_pages_and_not_their_summaries(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    more = (
        "<pubDate>Mon, 24 Nov 2025 10:00:00 +0330</pubDate><dc:creator>Ann Other</dc:creator><category>Sea</category>"
    )
    feed = site.add("/rss", rss(item("/ferry", more=more)), kind="application/rss+xml")
    assert counts(run(home, feed)) == (1, 0, 0, 0)
    found = only(home)
    assert (found.title, found.author, found.published) == ("The ferry sails", "Ann Other", "2025-11-24T10:00")
    assert (found.source, found.section) == ("Dorra Herald", "Sea")
    assert "In short." not in found.text
    assert FERRY[1] in found.text


def test_an_entry_that_holds_its_article_needs_no_page(site: Site, home: Path) -> None:
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in [*FERRY, *PERSIAN] * 3)
    encoded = f"<content:encoded><![CDATA[{whole}<script>alert(1)</script>]]></content:encoded>"
    feed = site.add(
        "/rss", rss(item("/ferry", "The &lt;b&gt;ferry&lt;/b&gt; &amp;amp; she", encoded)), kind="text/html"
    )
    assert counts(run(home, feed)) == (1, 0, 0, 0)
    found = only(home)
    assert site.articles_asked() == ["/rss"]
    assert (found.title, found.url) == ("The ferry & she", f"{site.address}/ferry")
    assert FERRY[1] in found.text
    assert "alert" not in found.text
    assert counts(run(home, feed)) == (0, 0, 1, 0)


def test_an_atom_feed(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    feed = site.add(
        "/atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>The ferry</title><id>urn:1</id>'
        '<link href="/ferry"/><published>2025-11-24T10:00:00+03:30</published><summary>Short.</summary></entry></feed>',
        kind="application/atom+xml",
    )
    assert counts(run(home, feed)) == (1, 0, 0, 0)
    assert only(home).published == "2025-11-24T10:00"


def test_an_unchanged_feed_and_its_pages_are_not_fetched_again(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    feed = site.add("/rss", rss(item("/ferry")), headers={"ETag": '"1"'})
    run(home, feed)
    site.asked.clear()
    assert counts(run(home, feed)) == (0, 0, 1, 0)
    assert site.articles_asked() == ["/rss"]
    assert "if-none-match" in site.headers[-1]


def test_a_page_whose_entry_has_changed_is_fetched_again(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    feed = site.add("/rss", rss(item("/ferry")))
    run(home, feed)
    site.add("/ferry", article("The ferry rests", *FERRY))
    assert counts(run(home, feed)) == (0, 0, 1, 0)
    site.add("/rss", rss(item("/ferry", "The ferry rests")))
    assert counts(run(home, feed)) == (0, 1, 0, 0)


def test_a_page_that_two_feeds_list_is_fetched_once(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    report = run(home, site.add("/rss", rss(item("/ferry"))), site.add("/sea", rss(item("/ferry?utm_source=rss"))))
    assert counts(report) == (1, 0, 0, 0)
    assert site.articles_asked() == ["/rss", "/ferry", "/sea"]


def test_one_page_that_fails_stops_no_other(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    feed = site.add("/rss", rss(item("/missing"), item("javascript:alert(1)", more=""), item("/ferry")))
    report = run(home, feed)
    assert report.added >= 1
    assert any(failure.source.endswith("/missing") and "404" in failure.reason for failure in report.failed)


def test_what_robots_txt_forbids_is_not_fetched_from_a_feed(site: Site, home: Path) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private/\n", kind="text/plain")
    site.add("/private/ferry", article("The ferry sails", *FERRY))
    feed = site.add("/rss", rss(item("/private/ferry")))
    (failure,) = run(home, feed).failed
    assert "robots.txt" in failure.reason
    assert "/private/ferry" not in site.asked
    assert run(home, site.address + "/private/ferry").added == 1  # a person has named it


def test_feeds_that_a_page_names_are_read_only_when_asked_for(site: Site, home: Path) -> None:
    site.add("/ferry", article("The ferry sails", *FERRY))
    site.add("/rss", rss(item("/ferry")))
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    front = site.add("/", article("The library", *PERSIAN, head=head))
    assert run(home, front).added == 1
    assert site.articles_asked() == ["/"]
    assert run(home, front, discover_feeds=True).added == 1
    assert {one.title for one in articles(home)} == {"The library", "The ferry sails"}
    (failure,) = run(home, site.address + "/ferry", discover_feeds=True).failed
    assert "names no feed" in failure.reason


@pytest.mark.parametrize(
    "feed", ["<rss", '<?xml version="1.0"?><rss><channel><item>', "<rss></rss>", "<feed>&undefined;</feed>"]
)
def test_a_broken_feed_stops_nothing(site: Site, home: Path, feed: str) -> None:
    good = site.add("/good", article("The ferry sails", *FERRY))
    assert run(home, site.add("/rss", feed, kind="application/rss+xml"), good).added == 1


def test_a_run_that_is_broken_off_is_finished_by_the_next(site: Site, home: Path) -> None:
    items = [item(f"/{n}") for n in range(6)]
    for n in range(6):
        site.add(f"/{n}", article(f"Story {n}", *FERRY, f"This is story {n} of the day."), headers={"ETag": '"1"'})
    feed = site.add("/rss", rss(*items), headers={"ETag": '"1"'})

    def interrupt(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(home, feed, progress=interrupt)
    report = run(home, feed)
    assert (report.articles, report.failed) == (6, ())
    assert {one.title for one in articles(home)} == {f"Story {n}" for n in range(6)}
    assert all(FERRY[0] in one.text for one in articles(home))


# --- sitemaps ---


def test_a_sitemap_brings_its_pages(site: Site, home: Path) -> None:
    urls = [site.add("/ferry", article("The ferry", *FERRY)), site.add("/library", article("کتابخانه", *PERSIAN))]
    assert counts(run(home, site.add("/sitemap.xml", sitemap(*urls), kind="application/xml"))) == (2, 0, 0, 0)


def test_an_index_of_packed_sitemaps(site: Site, home: Path) -> None:
    urls = [site.add("/ferry", article("The ferry", *FERRY)), site.add("/library", article("کتابخانه", *PERSIAN))]
    parts = [
        site.add(f"/part{n}.xml.gz", gzip.compress(sitemap(url).encode()), kind="application/gzip")
        for n, url in enumerate(urls)
    ]
    index = site.add("/sitemap.xml", sitemap(*parts, root="sitemapindex", tag="sitemap"), kind="text/xml")
    assert counts(run(home, index)) == (2, 0, 0, 0)
    assert counts(run(home, index)) == (0, 0, 2, 0)


def test_a_sitemap_in_plain_text(site: Site, home: Path) -> None:
    url = site.add("/ferry", article("The ferry", *FERRY))
    assert run(home, site.add("/sitemap.txt", f"{url}\n", kind="text/plain")).added == 1


def test_a_sitemap_that_lists_itself_and_one_that_unpacks_to_too_much(site: Site, home: Path) -> None:
    own = site.address + "/sitemap.xml"
    bomb = site.add("/bomb.xml.gz", gzip.compress(bytes(60_000_000)), kind="application/gzip")
    site.add("/sitemap.xml", sitemap(own, bomb, root="sitemapindex", tag="sitemap"), kind="text/xml")
    report = run(home, own)
    assert report.articles == 0
    assert any(failure.source == bomb and "larger" in failure.reason for failure in report.failed)


@pytest.mark.parametrize("where", ["/schemas/", "today"])
def test_half_a_surrogate_pair_in_a_sitemap_stops_nothing(site: Site, home: Path, where: str) -> None:
    url = site.add("/ferry", article("The ferry", *FERRY))
    broken = sitemap(url, more="<lastmod>today</lastmod>").replace(where, "&#xD800;")
    report = run(home, site.add("/broken.xml", broken, kind="text/xml"), url)
    assert report.added == 1
    assert [failure.source for failure in report.failed] == [f"{site.address}/broken.xml"]


def test_news_fields_of_a_sitemap(site: Site, home: Path) -> None:
    url = site.add("/ferry", article("The ferry", *FERRY))
    more = (
        '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication><news:name>Herald'
        "</news:name></news:publication><news:publication_date>2025-11-24T10:00:00Z</news:publication_date></news:news>"
    )
    run(home, site.add("/sitemap.xml", sitemap(url, more=more), kind="text/xml"))
    assert (only(home).source, only(home).published) == ("Herald", "2025-11-24T10:00")
