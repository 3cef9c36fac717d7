"""Text before it enters a document: broken into lines, shaped, and put in reading order."""
