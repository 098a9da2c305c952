"""Plain Python: what a mandate lets its holder do, how far each ground reaches, why the room says no."""
