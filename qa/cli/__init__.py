"""The command line: ``commands`` parses and calls, ``terminal`` prints."""
