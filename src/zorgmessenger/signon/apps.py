from django.apps import AppConfig


class SignonConfig(AppConfig):
    name = "zorgmessenger.signon"
    label = "signon"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to who signs in."""
        from zorgmessenger.signon import coming_in  # noqa: PLC0415  (needs the apps)

        coming_in.connect()
