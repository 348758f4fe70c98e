"""The dashboard: the only package that imports Streamlit, beside the server."""
