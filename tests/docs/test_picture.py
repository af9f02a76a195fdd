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


def test_no_room_stands_outside_of_the_picture() -> None:
    picture = ElementTree.fromstring(drawn())
    width = int(picture.attrib["viewBox"].split()[2])
    rooms_drawn = picture.findall(".//{http://www.w3.org/2000/svg}rect")
    assert max(int(room.attrib["x"]) + int(room.attrib["width"]) for room in rooms_drawn) < width
