"""Laws 1 and 2 of `audit.chain`, without a database: whatever is done to a chain shows, at its first wrong entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from zorgmessenger import ids
from zorgmessenger.audit.chain import START, Head, Linked, head_code, link, verify
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.origin import Origin

KEY = bytes(range(32))
HOME = ids.new()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
entries = st.builds(
    Entry,
    tag=st.sampled_from(list(Tag)),
    organisation=st.just(HOME),
    actor=st.none() | st.uuids(),
    role=words,
    subject=st.none() | st.uuids(),
    object=words,
    reason=words,
    origin=st.builds(Origin, words, words),
    detail=words,
    at=st.datetimes(timezones=st.just(UTC)),
)
chains = st.lists(entries, min_size=2, max_size=8)


def linked(told: list[Entry], key: bytes = KEY) -> tuple[list[Linked], Head]:
    """A chain as the writer makes it, and its head."""
    before, rows = START, []
    for position, entry in enumerate(told, start=1):
        before = link(key, before, position, entry)
        rows.append(Linked(position, entry, before))
    return rows, Head(len(rows), before, head_code(key, HOME, len(rows), before))


@given(chains)
def test_a_chain_that_nobody_touched_holds(told: list[Entry]) -> None:
    rows, head = linked(told)
    assert verify(KEY, HOME, rows, head) is None


@given(chains, st.data())
def test_any_change_of_any_field_is_found_at_that_entry(told: list[Entry], data: st.DataObject) -> None:
    rows, head = linked(told)
    where = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(entries)
    for name in Entry.__struct_fields__:
        if getattr(other, name) == getattr(told[where], name):
            continue
        changed = replace(told[where], **{name: getattr(other, name)})
        broken = verify(
            KEY, HOME, [*rows[:where], Linked(where + 1, changed, rows[where].link), *rows[where + 1 :]], head
        )
        assert broken is not None, name
        assert broken.position == where + 1


@given(entries, st.lists(words, min_size=3, max_size=3), st.sampled_from(["", ",", ":", "1:", ",1:", "0:,", "|"]))
def test_no_letter_moves_unseen_from_one_field_to_the_next(entry: Entry, parts: list[str], mark: str) -> None:
    """Also not with marks that could stand between the fields."""
    a, b, c = parts
    both = [(a + mark + b, c), (a, b + mark + c)]
    if both[0] == both[1]:
        return
    moves: list[Callable[[str, str], Entry]] = [
        lambda one, two: replace(entry, role=one, object=two) if entry.subject is None else entry,
        lambda one, two: replace(entry, object=one, reason=two),
        lambda one, two: replace(entry, reason=one, origin=Origin(two, "")),
        lambda one, two: replace(entry, origin=Origin(one, two)),
        lambda one, two: replace(entry, origin=Origin("", one), detail=two),
    ]
    for move in moves:
        links = {link(KEY, START, 1, move(one, two)) for one, two in both}
        assert len(links) == 2 or move(*both[0]) == move(*both[1])


@given(chains, st.data())
def test_a_missing_entry_is_named(told: list[Entry], data: st.DataObject) -> None:
    rows, head = linked(told)
    where = data.draw(st.integers(0, len(rows) - 1))
    broken = verify(KEY, HOME, rows[:where] + rows[where + 1 :], head)
    assert broken is not None
    assert broken.position == where + 1


@given(chains, st.data())
def test_entries_in_another_order_are_found(told: list[Entry], data: st.DataObject) -> None:
    """With their old numbers, and with numbers made to fit."""
    rows, head = linked(told)
    order = data.draw(st.permutations(rows))
    if order == rows:
        return
    first = next(place for place, row in enumerate(order) if row is not rows[place]) + 1
    for shuffled in (order, [Linked(n, row.entry, row.link) for n, row in zip(count(1), order, strict=False)]):
        broken = verify(KEY, HOME, shuffled, head)
        assert broken is not None
        assert broken.position == first


@given(chains, st.data())
def test_a_chain_cut_short_no_longer_meets_its_head(told: list[Entry], data: st.DataObject) -> None:
    rows, head = linked(told)
    length = data.draw(st.integers(0, len(rows) - 1))
    broken = verify(KEY, HOME, rows[:length], head)
    assert broken is not None
    assert broken.position == length + 1
    assert verify(KEY, HOME, rows, None) is not None


@given(chains, st.data())
def test_a_head_set_back_to_the_entry_that_is_now_the_last_does_not_hold(
    told: list[Entry], data: st.DataObject
) -> None:
    """Needs no key: number and link of that entry stand in the table, and so do codes of other heads."""
    rows, head = linked(told)
    length = data.draw(st.integers(1, len(rows) - 1))
    cut, last = rows[:length], rows[length - 1]
    elsewhere = head_code(KEY, ids.new(), last.position, last.link)
    for code in (head.code, b"", last.link, elsewhere, head_code(bytes(32), HOME, last.position, last.link)):
        broken = verify(KEY, HOME, cut, Head(last.position, last.link, code))
        assert broken is not None
        assert broken.position == length + 1


@given(chains, entries, st.data())
def test_an_entry_put_in_is_found_also_with_a_link_made_without_the_key(
    told: list[Entry], forged: Entry, data: st.DataObject
) -> None:
    rows, head = linked(told)
    where = data.draw(st.integers(0, len(rows)))
    before = rows[where - 1].link if where else START
    link_without_key = link(bytes(32), before, where + 1, forged)
    moved = [Linked(row.position + 1, row.entry, row.link) for row in rows[where:]]
    broken = verify(KEY, HOME, [*rows[:where], Linked(where + 1, forged, link_without_key), *moved], head)
    assert broken is not None
    assert broken.position == where + 1


@given(chains)
def test_a_chain_made_anew_with_another_key_does_not_hold(told: list[Entry]) -> None:
    rows, head = linked(told, bytes(32))
    broken = verify(KEY, HOME, rows, head)
    assert broken is not None
    assert broken.position == 1


def test_a_moment_is_the_same_in_every_time_zone_and_to_the_microsecond() -> None:
    """A database may give it back in another zone than it took."""
    here, there = Entry(Tag.SIGNED_IN, at=NOON), Entry(Tag.SIGNED_IN, at=NOON.astimezone(timezone(timedelta(hours=2))))
    assert link(KEY, START, 1, here) == link(KEY, START, 1, there)
    later = Entry(Tag.SIGNED_IN, at=NOON + timedelta(microseconds=1))
    assert link(KEY, START, 1, later) != link(KEY, START, 1, here)


def test_somebody_and_nobody_are_not_the_same() -> None:
    nobody, nil = Entry(Tag.SIGNED_IN, at=NOON), Entry(Tag.SIGNED_IN, actor=UUID(int=0), at=NOON)
    assert link(KEY, START, 1, nobody) != link(KEY, START, 1, nil)
