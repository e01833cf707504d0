"""Policy texts in, a versioned data package out.

The rooms in a row; nobody walks back::

    raw/*.txt ─ read ─ parse ─ assemble ─ validate ─ plan the version ─ build ─ publish → dist/<version>/

``read``       the raw folder, checked once: size, encoding, ids, ``sources.toml``
``parse``      pure: a text in, records out; no files, clock, network or Prefect
``release``    tables in, a release folder out; never imports ``parse``
``publish``    the Prefect flow, a table of contents; its stages are in ``steps``
``worker``     the process that the flow runs in; ``supervisor`` starts it and cleans up behind it
``cli``        the command line ``newind``; ``query`` and ``explain`` read a release
"""
