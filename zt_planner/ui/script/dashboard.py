"""The script that Streamlit runs for every interaction."""

from zt_planner.metrics import RUN_SECONDS
from zt_planner.ui.app.dashboard import main

with RUN_SECONDS.time():
    main()
