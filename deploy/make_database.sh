#!/bin/bash
# Runs once, in a new PostgreSQL container: the program's role owns its database, and has no other rights.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 --set password="$(cat /secrets/database_password)" <<'SQL'
CREATE ROLE planner LOGIN PASSWORD :'password';
CREATE DATABASE planner OWNER planner;
REVOKE ALL ON DATABASE planner FROM PUBLIC;
SQL
