"""Whom a provider's subject is here, and making an account of who comes for the first time.

SON-8 Known is who signed on before: by organisation, issuer and subject, never by address.
SON-9 An address that has an account already is linked by its owner alone, who signs in to it once in their own way.
SON-10 An account that is made has no password; its address counts as shown, on the organisation's word.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.db import IntegrityError

from zorgmessenger import clock, ids
from zorgmessenger.access import rules as access
from zorgmessenger.access.facts import Role, SignOnFacts
from zorgmessenger.access.proofs import MaySignOn
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.sessions import end_other_sessions
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.crypto.derived import derived
from zorgmessenger.errors import Refused
from zorgmessenger.organisations.models import Membership
from zorgmessenger.origin import Origin
from zorgmessenger.signon import membership, rules
from zorgmessenger.signon.models import Identity
from zorgmessenger.signon.provider import Provider
from zorgmessenger.signon.told import Told

WAITS = "waits"
"""In place of a digest of groups: not all that they give could be done yet. SON-7."""


class HasAccount(Exception):
    """SON-9: `person` has to sign in to their own account first."""

    def __init__(self, person: UUID) -> None:
        self.person = person
        super().__init__("an account with this address")


def key_of(provider: Provider, subject: str) -> str:
    """By what a subject is known."""
    said = f"{provider.organisation}|{provider.issuer}|{subject}".encode()
    return hmac.digest(derived("sign-on identities"), said, hashlib.sha256).hex()


def find_or_make(provider: Provider, told: Told, origin: Origin, language: str) -> Identity:
    """Who comes, with what they are here as their groups say now.

    Raises:
        Refused: ACC-16, or `no_address`, `no_name`, `groups_untold`.
        HasAccount: SON-9.
    """
    groups = groups_of(provider, told)
    address = rules.address_in(told.claims, provider.domains)
    owner = None if address is None else addresses.verified_owner(address)
    known = _known(provider, told)  # after the owner: another browser of theirs may make both in this moment
    if known is not None:
        return recognise(provider, told, known.person, groups, origin)
    if address is None:
        raise Refused("no address that counts", code="no_address")
    if owner is not None:
        access.may_sign_on(facts_of(provider, Person.objects.get(pk=owner), groups))
        raise HasAccount(owner)
    return _make(provider, told, address, groups, origin, language)


def recognise(
    provider: Provider, told: Told, person: Person, groups: frozenset[str], origin: Origin, *, linked: bool = False
) -> Identity:
    """Lets `person` be who the provider tells of, and follows their groups; `linked` where they are so from now on.

    Raises:
        Refused: ACC-16.
    """
    with audited() as log:
        membership.hold(provider.organisation)
        person = Person.objects.get(pk=person.pk)
        proof = access.may_sign_on(facts_of(provider, person, groups))
        if linked:
            log(Entry(Tag.SIGN_ON_LINKED, provider.organisation, person.id, proof.role.value, origin=origin))
        return _keep(log, proof, provider, told, person, groups, origin)


def groups_of(provider: Provider, told: Told) -> frozenset[str]:
    """Their groups.

    Raises:
        Refused: `groups_untold`.
    """
    try:
        return rules.groups_in(told.claims, provider.groups_claim)
    except rules.Untold as untold:
        raise Refused(str(untold), code="groups_untold") from untold


def facts_of(provider: Provider, person: Person, groups: frozenset[str]) -> SignOnFacts:
    """What the access rule asks."""
    rows = {row.organisation_id: row for row in Membership.objects.filter(person=person)}
    here = rows.pop(provider.organisation, None)
    left = Identity.objects.filter(connection_id=provider.organisation, person=person, left=True).exists()
    return SignOnFacts(
        provider.organisation,
        provider.role_by(groups),
        here=Role(here.role) if here else None,
        elsewhere=bool(rows),
        sent_away=here is not None and not here.active and not left,
        closed=not person.is_active,
    )


def _known(provider: Provider, told: Told) -> Identity | None:
    return Identity.objects.filter(pk=key_of(provider, told.subject)).select_related("person").first()


def _make(
    provider: Provider, told: Told, address: str, groups: frozenset[str], origin: Origin, language: str
) -> Identity:
    """SON-10."""
    name = rules.name_in(told.claims)
    if name is None:
        raise Refused("no name that is one", code="no_name")
    person = Person(id=ids.new(), language=language, created_at=clock.now())
    person.first_name, person.last_name = name
    person.set_unusable_password()
    try:
        with audited() as log:
            membership.hold(provider.organisation)
            known = _known(provider, told)
            person = known.person if known else person
            proof = access.may_sign_on(facts_of(provider, person, groups))
            if known is None:
                person.save(force_insert=True)
                addresses.add_verified(person.id, address, primary=True)
                log(Entry(Tag.REGISTERED, provider.organisation, person.id, origin=origin, detail="sign-on"))
            return _keep(log, proof, provider, told, person, groups, origin)
    except IntegrityError as error:
        raise Refused("the address got an account meanwhile", code="sign_on_again") from error


def _keep(
    log: Log, proof: MaySignOn, provider: Provider, told: Told, person: Person, groups: frozenset[str], origin: Origin
) -> Identity:
    key = key_of(provider, told.subject)
    waits = Identity.objects.filter(pk=key, groups=WAITS).exists()
    done = membership.follow(log, proof, provider, person.id, groups, waits=waits)
    if Person.objects.filter(pk=person.pk).exclude(sign_on=provider.organisation).update(sign_on=provider.organisation):
        end_other_sessions(person.pk, origin.session)  # which their own password opened, and nobody asks about
    given = membership.given_by(provider, groups) if done else WAITS
    Identity.objects.filter(connection_id=provider.organisation, person=person).exclude(pk=key).delete()
    identity, _ = Identity.objects.update_or_create(
        key=key,
        defaults={"groups": given, "left": False},
        create_defaults={
            "connection_id": provider.organisation,
            "person": person,
            "groups": given,
            "since": clock.now(),
        },
    )
    return identity
