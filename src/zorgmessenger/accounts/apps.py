from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zorgmessenger.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Seals allauth's addresses and listens to its signals."""
        from zorgmessenger.accounts import addresses, signals  # noqa: PLC0415  (needs the apps)

        addresses.seal_addresses()
        signals.connect()
