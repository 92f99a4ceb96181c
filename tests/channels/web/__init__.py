"""Tests of the web page's server side."""
