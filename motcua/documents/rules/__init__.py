"""What documents decides without looking anything up."""
