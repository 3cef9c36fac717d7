"""Text before it stands in a document: broken into lines, shaped, and put in reading order."""
