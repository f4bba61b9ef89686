"""A report for the office: a document for a word processor and slides, in the house style of who hands it over."""
