"""The JSON forms of scenario, session and bundle, and what is wrong with one."""
