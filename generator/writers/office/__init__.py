"""The common part of Word and PowerPoint files: XML and packages. It knows no document."""
