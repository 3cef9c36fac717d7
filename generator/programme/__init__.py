"""A whole programme: a copy for each person, and the answers that come back.

`roster.py` reads who gets what and `planning.py` plans their files. `personalise.py` and
`building.py` are runs (`runs.py`) of jobs (`jobs.py`), which are done in one process, in several or
on a cluster (`workers.py`), and written into a folder or to a URL (`store.py`); `manifest.py`
records the files that were made. `collect.py` reads the answers in `forms.py` and `handouts.py`,
`tally.py` counts them, `tables.py` writes them as a table and `summary.py` as a document.
"""
