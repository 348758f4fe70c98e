"""Why is a figure what it is? One module a kind of figure."""
