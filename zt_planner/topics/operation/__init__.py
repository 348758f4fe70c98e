"""After the finish: who watches, who patches."""
