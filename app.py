"""The dashboard as an ASGI application: `streamlit run app.py`, or `uvicorn app:app`.

Streamlit looks for `st.App(...)` in this file's text, so it must stand here.
"""

import streamlit as st

from zt_planner.server import DASHBOARD, MIDDLEWARE, ROUTES, lifespan

app = st.App(DASHBOARD, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
