"""Tagged, accessible PDF on reportlab's canvas. Knows nothing of workbooks.

`canvas.py` is a reportlab Canvas that writes PDF/UA-1 and PDF/A-2a, `tags.py` the structure tree,
`fonts.py` OpenType fonts shaped by HarfBuzz, `forms.py` fields to fill in. What reportlab lacks or
does otherwise than these standards ask is written here as PDF objects of our own.
"""
