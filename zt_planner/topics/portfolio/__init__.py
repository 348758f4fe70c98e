"""What there is to say of many plans: each as rows of a few tables, which programs sum up."""
