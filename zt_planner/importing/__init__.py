"""Imports: untrusted files, turned into edits of the open plan.

Laws: a file that cannot be used is refused with a reason within a second, and
takes no more memory than a file that can; nothing that a file says is dropped unseen.
"""
