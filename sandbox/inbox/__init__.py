"""Text messages and mail, and the page where people read them."""
