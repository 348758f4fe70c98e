"""The kinds of job: what each asks the job runner for."""
