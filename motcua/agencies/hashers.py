"""How officials' passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP's least).

    Django's own 100 MiB in eight lanes would let a few sign-ins at once eat a small machine.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
