"""Reports as bytes, a module or folder a format: `reports` decides what is shown, `engine` what it comes to."""
