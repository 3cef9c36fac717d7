"""What Word and PowerPoint files have in common: XML and packages. Knows nothing of documents."""
