"""Reports as bytes: one module a format. What is shown is decided in `reports`, what it comes to in `engine`."""
