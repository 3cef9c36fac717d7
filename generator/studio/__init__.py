"""The studio: the whole tool on a page in the browser.

`app` is the server with all of its routes, `session` the processes that work for its users, and
`desk` what such a process does with the functions of the library; it knows nothing of the network.
`edit` changes a set, `pages` shows the pages of documents, and `static` is the page.
"""
