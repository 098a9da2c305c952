"""What changed between two versions of a procedure, in sentences for citizen, official and law."""
