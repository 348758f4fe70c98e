"""The picture of roadmap and money, drawn alike on screen, in files and on paper."""
