"""The package `frankfurter` of PyPI, unchanged but for the base address, asks a running Courant for rates."""

import http.client
import os
import unittest
import urllib.request

import frankfurter.engine
from frankfurter import FrankfurterEngine

SITE = os.environ.get("COURANT_SITE", "").rstrip("/")
HOST = SITE.removeprefix("http://")


class PlainForHttps(urllib.request.HTTPSHandler):
    """Opens the addresses of the demonstration, which the package writes with https, without TLS."""

    def https_open(self, request):
        assert request.host == HOST, f"asks {request.host}, which is not the demonstration"
        return self.do_open(http.client.HTTPConnection, request)


urllib.request.install_opener(urllib.request.build_opener(PlainForHttps()))
frankfurter.engine.BASE_URL = f"{HOST}/v1"


class ClientOfFrankfurter(unittest.TestCase):
    def setUp(self):
        self.client = FrankfurterEngine()

    def test_it_lists_the_currencies(self):
        currencies = self.client.fetch_currencies()
        self.assertEqual(currencies["JPY"], "Yen")
        self.assertLess(25, len(currencies))

    def test_it_reads_the_latest_rates(self):
        latest = self.client.fetch_latest_data()
        self.assertEqual(latest["base"], "EUR")
        self.assertEqual(latest["amount"], 1)
        self.assertIn("USD", latest["rates"])
        self.assertNotIn("EUR", latest["rates"])

    def test_it_reads_a_day_and_is_told_which_day_the_rates_are_from(self):
        day = self.client.fetch_data_for_date("2017-03-19", base="USD", symbols="EUR,GBP")
        self.assertEqual(day["date"], "2017-03-17")
        self.assertEqual(set(day["rates"]), {"EUR", "GBP"})
        self.assertAlmostEqual(day["rates"]["EUR"], 1 / 1.0737, places=9)

    def test_it_reads_a_span(self):
        span = self.client.fetch_time_series_data(symbols="USD", start_date="2017-03-17", end_date="2017-03-20")
        self.assertEqual((span["start_date"], span["end_date"]), ("2017-03-17", "2017-03-20"))
        self.assertEqual(span["rates"], {"2017-03-17": {"USD": 1.0737}, "2017-03-20": {"USD": 1.0752}})

    def test_it_converts(self):
        rate = self.client.fetch_latest_data(base="GBP", symbols="JPY")["rates"]["JPY"]
        self.assertEqual(self.client.convert_currency(10, "GBP", "JPY"), 10 * rate)

    def test_it_is_told_when_there_is_no_such_day(self):
        with self.assertRaisesRegex(Exception, "StatusCode : 400"):
            self.client.fetch_data_for_date("2999-01-01")


if __name__ == "__main__":
    if not SITE:
        raise SystemExit("COURANT_SITE is not set; give the address that `courant demo` prints")
    unittest.main(verbosity=2)
