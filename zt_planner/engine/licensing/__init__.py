"""Who needs which licences, and the cheapest legal mix (M11, M12)."""
