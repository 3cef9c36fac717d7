"""The studio: the whole tool on a page in the browser.

`app` is the server and all its doors, `session` the processes that work for the people at them,
`desk` what such a process does, by the functions of the library: it knows nothing of the network.
`edit` changes a set, `drawn` shows plans of handout and slides as shapes, `static` is the page.
"""
