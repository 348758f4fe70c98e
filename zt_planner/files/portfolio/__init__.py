"""Many plans in one folder: found, planned in batches by several processes, kept as Parquet, and asked."""
