"""Plain Python: which slots a day has, who is called next, why the room says no."""
