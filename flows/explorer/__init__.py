"""The static page of a release: ``index.html`` and the files in ``explorer/`` that it loads.

It opens from a double-click as from any host, and sends nothing anywhere. Three layers, each whole without the next:
the page as HTML with its charts drawn; a small script of its own for tables, evidence, texts and links; and DuckDB for
SQL, loaded when somebody runs a query. Nothing here parses a text: the tables are all that it knows.

``page.write_page`` is what a build calls; ``engine`` finds and shares DuckDB; ``serve`` is the local server.
"""
