"""Who does the work of jobs: a queue of requests, a child process of our own, or workers on other machines."""
