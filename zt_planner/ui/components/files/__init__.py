"""Files in and out: what is offered to download, and what somebody imports."""
