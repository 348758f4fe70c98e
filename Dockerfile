# The dashboard, its database, and the proxy in front: `docker compose up --build --detach` builds and starts them.
# Nobody needs rights on the files of the checkout: an image has all that it reads, readable for its user.

ARG PYTHON=python:3.13-slim
ARG CADDY=caddy:2
ARG POSTGRES=postgres:17

# What the program needs, locked with hashes, and compiled, as nothing can be written later.
FROM ${PYTHON} AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.txt \
    && /venv/bin/python -m pip uninstall --yes pip
COPY app.py tools/make_secrets.py ./
COPY .streamlit .streamlit
COPY data data
COPY locale locale
COPY zt_planner zt_planner
RUN /venv/bin/python -m compileall -q zt_planner && chmod -R a+rX /app

FROM ${PYTHON} AS app
ENV PATH=/venv/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    ZT_PLANNER_ADDRESS=0.0.0.0 ZT_PLANNER_LOG_FORM=json ZT_PLANNER_STORE=/state/sessions.sqlite
RUN install --directory --owner 10001 --group 10001 --mode 0700 /state /database-secrets /secrets /backups /downloads
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8501/health', timeout=5)"]
CMD ["python", "-m", "zt_planner", "serve", "--no-browser"]

# PostgreSQL, which makes the program's role and database at its first start.
FROM ${POSTGRES} AS database
COPY --chmod=0555 deploy/make_database.sh /docker-entrypoint-initdb.d/make_database.sh
USER 999:999
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s \
    CMD ["psql", "--host=127.0.0.1", "--username=planner", "--dbname=planner", "--command=SELECT 1"]

# Caddy, which may open ports below 1024 by a right of its file, and needs that right to start at all. A copy has none.
FROM ${CADDY} AS proxy
RUN cp /usr/bin/caddy /usr/bin/copy && mv /usr/bin/copy /usr/bin/caddy && install -d -o 10001 -g 10001 -m 0700 /state
ENV HOME=/state XDG_DATA_HOME=/state XDG_CONFIG_HOME=/state
COPY --chmod=0444 deploy/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001
EXPOSE 8080 8443
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["wget", "-q", "--spider", "http://127.0.0.1:8081/"]
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
