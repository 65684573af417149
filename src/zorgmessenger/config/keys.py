"""The host's commands on the root keys.

Rotation needs no downtime: the new key is put in front of the old in the key file, every organisation's key is wrapped
anew, and a running server reads the file again when it meets a key it did not have. `retire` then removes the old ones.
"""

from __future__ import annotations

from zorgmessenger.config.settings import load
from zorgmessenger.crypto import roots
from zorgmessenger.errors import ConfigurationError


def generate() -> str:
    """A new root key, for whoever keeps it in the environment."""
    return roots.generate()


def init() -> str:
    """Makes the key file, once.

    Raises:
        ConfigurationError: there is one.
    """
    file = load().key_file
    if file.lines():
        raise ConfigurationError("there is a root key already; `zorgmessenger keys rotate` replaces it")
    file.write([roots.generate()])
    return "The root key is made. Keep a copy in a safe place: without it nothing can be read."


def rotate() -> str:
    """Puts a new root key in front and wraps everything anew.

    Raises:
        ConfigurationError: the root keys are not in a file.
    """
    settings = load()
    if settings.root_keys:
        raise ConfigurationError(
            "put a new key (`zorgmessenger keys generate`) in front in ZORG_ROOT_KEYS, then: zorgmessenger keys rewrap"
        )
    settings.key_file.write([roots.generate(), *settings.key_file.lines()])
    return rewrap()


def rewrap() -> str:
    """Wraps everything by the newest root key."""
    from zorgmessenger.crypto.keyring import Keyring  # noqa: PLC0415  (needs Django set up)

    count = Keyring(load().root_source).rewrap()
    return f"{count} key(s) wrapped by the newest root key. Then: zorgmessenger keys retire"


def retire() -> str:
    """Removes root keys that nothing is wrapped by any more.

    Raises:
        ConfigurationError: the root keys are not in a file.
    """
    from zorgmessenger.crypto.keyring import keyring  # noqa: PLC0415  (needs Django set up)

    settings = load()
    if settings.root_keys:
        raise ConfigurationError("take the old keys out of ZORG_ROOT_KEYS yourself")
    used = keyring().roots_in_use()
    lines = settings.key_file.lines()
    kept = [line for number, line in enumerate(lines) if number == 0 or roots.root_key(line).id in used]
    settings.key_file.write(kept)
    return f"{len(lines) - len(kept)} old root key(s) removed, {len(kept)} kept."
