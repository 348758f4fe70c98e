"""The words of the field as frozen, validated types. No I/O, no pandas, no clock."""
