"""What law and insurer ask of a plan: whom the law concerns, which points are supported, which answers are yes."""
