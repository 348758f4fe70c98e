"""HTTP: request checks, headers, cookies, uploads and logs."""
