"""Joins fetcher, discovery, parser and archive: single pages, and the crawl of sites from cron."""

from newsarchive.crawler.memory import HostMemory
from newsarchive.crawler.pages import fetch, keep, read, rules_folder

__all__ = ["HostMemory", "fetch", "keep", "read", "rules_folder"]
