from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "zorgmessenger.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        super().import_models()
        import_module("zorgmessenger.organisations.look")
        import_module("zorgmessenger.organisations.call_rules")
        import_module("zorgmessenger.organisations.file_policy")
        import_module("zorgmessenger.organisations.second_factor_policy")
