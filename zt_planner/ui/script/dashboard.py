"""The script that Streamlit runs for every interaction."""

from zt_planner.ui.dashboard import main

main()
