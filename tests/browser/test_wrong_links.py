"""A link that was cut off, grown, or typed over leads to one clear page with a way forward, never to a blank one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
WRONG = [
    "",
    "#",
    "#%",
    "#%zz",
    "#%C3",
    "#abc",
    "#" + "x" * 42,
    "#" + "x" * 43,
    "#" + "x" * 300,
    "#é",
    "#a b",
    "#🙂",
    "#%00",
]


def loaded_with_each(page: Page, path: str) -> Iterator[str]:
    """Loads the page at this path anew with each wrong end of its address."""
    for fragment in WRONG:
        page.goto("about:blank")
        page.goto(f"{path}{fragment}")
        yield ascii(fragment)


def test_a_wrong_invitation_says_so_and_leads_on(page: Page) -> None:
    for wrong in loaded_with_each(page, "/uitnodiging"):
        expect(page.get_by_role("heading", name="Deze uitnodiging werkt niet"), wrong).to_be_visible()
        expect(page.get_by_role("link", name="Inloggen"), wrong).to_be_visible()


def test_a_wrong_link_for_a_new_password_says_so_and_leads_on(page: Page) -> None:
    for wrong in loaded_with_each(page, "/wachtwoord-herstellen"):
        expect(page.get_by_text("Deze link werkt niet meer"), wrong).to_be_visible()
        expect(page.get_by_role("link", name="Vraag een nieuwe e-mail aan"), wrong).to_be_visible()


def test_both_pages_are_accessible(page: Page, axe: Axe) -> None:
    for path in ("/uitnodiging#%", "/wachtwoord-herstellen#%"):
        page.goto(path, wait_until="networkidle")
        assert axe(page) == [], path


def test_a_wrong_address_of_a_conversation_says_that_there_is_none(signed_in: SignedIn) -> None:
    page = signed_in("anna", at="about:blank")
    for path, said in (
        ("/gesprekken/%", "Deze pagina is er niet"),
        ("/gesprekken/%C3", "Deze pagina is er niet"),
        ("/gesprekken/x", "Dit gesprek is er niet"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", name=said)).to_be_visible()
