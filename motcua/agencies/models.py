"""Places, agencies, posts and officials."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Official(AbstractBaseUser):
    """A person who works for an agency and signs in with a password and a second factor."""

    username = models.CharField(max_length=80, unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
