"""Plain Python: what a helper may do, when a call can be promised, what may be published, why the room says no."""
