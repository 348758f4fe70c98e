"""The dashboard as an ASGI application: `streamlit run app.py`, or `uvicorn app:app`.

Streamlit looks for `st.App(...)` in this file's text, so it must stand here.
"""

import streamlit as st

from zt_planner.server import DASHBOARD, MIDDLEWARE, ROUTES, lifespan
from zt_planner.ui.sign_in import secrets

app = st.App(DASHBOARD, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, secrets=secrets())
