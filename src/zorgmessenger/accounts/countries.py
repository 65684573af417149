"""In which country a network address is, roughly: the one that the address was given out to.

The table is in a package (`iptocc`), made from what the five registries of the Internet publish: nobody is asked where
a person is. A VPN or a telephone abroad is told by the country of its network, not by where it is.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from iptocc import country_code


def country_of(address: str) -> str:
    """The country, two letters of ISO 3166-1; empty where it is not known, as for every private network.

    `address` is one, or empty.
    """
    if not address:
        return ""
    parsed = ip_address(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return country_code(str(mapped or parsed)) or ""
