"""The command line: a skin over the library. A command parses, calls, and hands a table to a writer."""
