"""What a person may change, field by field: the scenario and its parts, frozen and validated."""
