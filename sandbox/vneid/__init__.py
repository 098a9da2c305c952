"""VNeID: an OpenID Connect provider with the screens people know."""
