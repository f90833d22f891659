"""The site for programs: tables, files to download, linked data, the feed, citations.

=============  =====================================================================
`tables`       everything as tables with described columns, whatever the file format
`files`        these tables as JSON, CSV and one SQLite file
`linked`       what each page says of itself in schema.org's words (JSON-LD)
`bibliography` what is cited as CSL items
`citations`    CSL items as citations in words, by `citation_styles` and `bibtex`
`feed`         additions and corrections as an Atom feed
=============  =====================================================================
"""
