"""Tagged, accessible PDF, drawn with reportlab. It knows nothing of workbooks.

`canvas.py` writes PDF/UA-1 and PDF/A-2a, `structure.py` the structure tree and the outline,
`fonts.py` text and its fonts, `forms.py` fields to fill in, `document.py` the file itself.
"""
