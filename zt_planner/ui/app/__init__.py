"""What every page has around it: navigation, headline, menus, the sidebar."""
