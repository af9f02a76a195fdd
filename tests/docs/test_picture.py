"""The picture of the rooms is that of the import contract."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.docs.picture import PICTURE, drawn, rooms


def test_the_picture_is_drawn_from_the_contract() -> None:
    assert PICTURE.read_text("utf-8") == drawn()
    ElementTree.fromstring(drawn())


def test_every_room_says_what_it_is() -> None:
    for room in rooms():
        assert room.told.endswith("."), room.name
