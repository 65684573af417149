"""An organisation's own sign-on (OpenID Connect): who comes in by it, and who is out because the provider says so."""
