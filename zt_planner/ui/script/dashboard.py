"""The script that Streamlit runs for every interaction."""

from zt_planner.ui.app.dashboard import main

main()
