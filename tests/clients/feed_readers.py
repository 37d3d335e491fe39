"""The package `feedparser` of PyPI, which many feed readers are made of, reads the feeds of a running Courant."""

import os
import unittest
import urllib.request

import feedparser

SITE = os.environ.get("COURANT_SITE", "").rstrip("/")
LISTS = ["/all", "/all?lang=ja", "/all?lang=ar", "/all?lang=ru", "/science", "/all?mute=eclipse"]


def form_of(path, ending):
    path, _, query = path.partition("?")
    return f"{SITE}{path}{ending}" + (f"?{query}" if query else "")


def read(url):
    with urllib.request.urlopen(url) as answer:
        return feedparser.parse(answer.read(), response_headers=dict(answer.headers))


class FeedReaders(unittest.TestCase):
    def test_nothing_is_malformed(self):
        for path in [*LISTS, "/corrections", "/rates"]:
            for ending in [".rss", ".atom"]:
                with self.subTest(path=path, ending=ending):
                    feed = read(form_of(path, ending))
                    self.assertEqual(feed.bozo, 0, feed.get("bozo_exception"))
                    self.assertTrue(feed.feed.title)

    def test_both_forms_say_the_same(self):
        for path in LISTS:
            with self.subTest(path=path):
                rss, atom = (read(form_of(path, ending)) for ending in [".rss", ".atom"])
                self.assertLess(3, len(atom.entries))
                known = {entry.id: entry for entry in rss.entries}
                # The demonstration goes on meanwhile.
                self.assertLessEqual(sum(entry.id not in known for entry in atom.entries), 2)
                for entry in (entry for entry in atom.entries if entry.id in known):
                    other = known[entry.id]
                    self.assertEqual(entry.title, other.title)
                    self.assertEqual(entry.link, other.link)
                    self.assertEqual(entry.published_parsed, other.published_parsed)
                    self.assertEqual({tag.label for tag in entry.get("tags", [])}, {tag.term for tag in other.get("tags", [])})

    def test_an_archive_is_a_feed_too(self):
        feed = read(form_of("/all", ".rss"))
        older = [link.href for link in feed.feed.links if link.rel == "prev-archive"]
        self.assertEqual(len(older), 1)
        archive = read(older[0])
        self.assertEqual(archive.bozo, 0)
        self.assertFalse({entry.id for entry in feed.entries} & {entry.id for entry in archive.entries})


if __name__ == "__main__":
    if not SITE:
        raise SystemExit("COURANT_SITE is not set; give the address that `courant demo` prints")
    unittest.main(verbosity=2)
