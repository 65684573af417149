"""allauth's adapter for second factors. Its secrets are sealed by `second_factor` alone, for their person and place."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter


class Adapter(DefaultMFAAdapter):
    """allauth's hooks know no row to seal for: what would store or open a secret by them does not get that far."""

    def encrypt(self, text: str) -> str:
        """Refuses.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("secrets are sealed by second_factor")

    def decrypt(self, encrypted_text: str) -> str:
        """Refuses.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("secrets are opened by second_factor")
