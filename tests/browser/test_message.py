"""A message between two people, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

WORDS = "Tot morgen om tien uur, ik neem de oefeningen mee."


def test_what_anna_writes_bram_reads_at_once_and_finds_again_after_a_reload(signed_in: Callable[..., Page]) -> None:
    bram, anna = signed_in("bram"), signed_in("anna")
    bram.get_by_role("link", name="Anna Visser").click()
    anna.get_by_role("link", name="Bram de Vries").click()
    anna.get_by_role("textbox", name="Bericht").fill(WORDS)
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_role("region", name="Berichten").get_by_text(WORDS)).to_have_count(1)
    expect(bram.get_by_role("region", name="Berichten").get_by_text(WORDS)).to_have_count(1)
    bram.reload()
    expect(bram.get_by_role("region", name="Berichten").get_by_text(WORDS)).to_have_count(1)
