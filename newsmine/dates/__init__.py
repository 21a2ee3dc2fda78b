"""Dates as news pages print them, and the days that a user filters by.

Nothing is guessed: a page without a zone keeps its local time, 05/03/2024 without a hint is known to the year
only, "3 hours ago" stays unknown unless the caller says when the page was read, and a date without a year is one
only beside a date that has it.
"""

from newsmine.dates.bounds import parse_bound, parse_zone, within
from newsmine.dates.reading import LONGEST, Found, find, parse, parse_yearless
from newsmine.dates.relative import clock

__all__ = ["LONGEST", "Found", "clock", "find", "parse", "parse_bound", "parse_yearless", "parse_zone", "within"]
