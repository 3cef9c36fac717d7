"""A whole programme: a copy for each person, and the answers that come home.

`roster.py` reads who gets what, `personalise.py` plans the files of a run, `jobs.py` makes them in
one process, in several, or on a cluster, and `manifest.py` remembers what is made. `collect.py`
reads the answers in `forms.py` and `handouts.py`, `tables.py` writes them as a table and
`summary.py` as a document.
"""
