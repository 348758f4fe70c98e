"""What others hear at once: news between the pages of one process, and between processes through PostgreSQL."""
