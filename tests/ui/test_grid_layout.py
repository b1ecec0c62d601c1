"""The layout of the grid with sections, against a layout that places one tile after the other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from faceapp.ui.widgets.grid_layout import GAP, HEAD, MARGIN, SECTION, GridLayout
from faceapp.ui.widgets.grid_zoom import LARGEST, SMALLEST

Box = tuple[int, int, int, int]  # left, top, right, bottom; the last two are just outside


@st.composite
def layouts(draw: st.DrawFn) -> GridLayout:
    """Return layouts with up to 40 sections, of which some may be cut off, and up to 30 tiles below the line."""
    sizes = draw(st.lists(st.integers(1, 12), max_size=40))
    below = draw(st.integers(0, 30))
    above = draw(st.integers(0, sum(sizes))) if sizes else draw(st.integers(0, 60))
    return GridLayout(
        draw(st.integers(120, 1400)),
        above + below,
        draw(st.integers(SMALLEST, LARGEST)),
        draw(st.integers(0, 60)),
        below,
        draw(st.sampled_from((0, 40))),
        [sum(sizes[:at]) for at in range(len(sizes))],
    )


def naive(layout: GridLayout) -> tuple[list[Box], list[tuple[int, int]], list[list[int]]]:
    """Return every tile's place, (section, y) of every header and the items of every row, by placing one by one."""
    boxes: list[Box] = []
    heads: list[tuple[int, int]] = []
    rows: list[list[int]] = []
    y, column = layout.top, 0
    for item in range(layout.count):
        begins = item in layout.starts and item < layout.above
        if column == layout.columns or (column and (begins or item == layout.above)):
            y, column = y + layout.row_pitch, 0
        if item == layout.above:
            y += SECTION - (GAP if item else 0)
        elif begins:
            heads.append((layout.starts.index(item), y))
            y += HEAD
        left = MARGIN + column * layout.pitch
        boxes.append((left, y, left + layout.side, y + layout.tall))
        if column == 0:
            rows.append([])
        rows[-1].append(item)
        column += 1
    return boxes, heads, rows


@given(layouts())
def test_every_tile_has_its_place(layout: GridLayout) -> None:
    boxes, heads, _ = naive(layout)
    for item, (left, top, right, bottom) in enumerate(boxes):
        assert layout.place(item) == (left, top, layout.side)
        assert bottom <= layout.height - MARGIN
        assert layout.item_at(left, top) == layout.item_at(right - 1, bottom - 1) == item
        assert layout.item_at(right, top) == layout.item_at(left, bottom) == layout.item_at(left, top - 1) == -1
    assert layout.sections == len(heads)
    for section, y in heads:
        assert layout.head(section) == y
        assert layout.header_at(y) == layout.header_at(y + HEAD - 1) == section
        assert layout.header_at(y - 1) == layout.header_at(y + HEAD) == -1
        assert layout.item_at(MARGIN, y + HEAD // 2) == -1


@given(layouts())
def test_nothing_overlaps(layout: GridLayout) -> None:
    boxes, heads, rows = naive(layout)
    strips = [(y, y + HEAD) for _, y in heads] + [(boxes[row[0]][1], boxes[row[0]][3]) for row in rows]
    for (_, end), (start, _) in pairwise(sorted(strips)):
        assert start >= end
    for row in rows:
        for left, right in pairwise(row):
            assert boxes[right][0] >= boxes[left][2]
        assert boxes[row[-1]][2] <= max(layout.width - MARGIN, MARGIN + layout.side)


@given(layouts(), st.data())
def test_strip_takes_every_row_it_touches(layout: GridLayout, data: st.DataObject) -> None:
    boxes, _, rows = naive(layout)
    edges = [y for _, above, _, under in boxes for y in (above, under)] or [0]
    near = st.integers(-3 * GAP, 3 * GAP)
    one, other = (data.draw(st.sampled_from(edges)) + data.draw(near) for _ in range(2))
    top, bottom = min(one, other), max(one, other)
    touched = [i for row in rows for i in row if boxes[i][3] + 2 * GAP > top and boxes[i][1] - GAP <= bottom]
    found = layout.items_between(top, bottom)
    assert list(found) == touched
    if not touched:  # where views take hold of the next tile
        assert found.start == next((i for i in range(layout.count) if boxes[i][3] + 2 * GAP > top), layout.count)


@given(layouts(), st.data())
def test_step_goes_from_row_to_row(layout: GridLayout, data: st.DataObject) -> None:
    if not layout.count:
        return
    boxes, _, rows = naive(layout)
    item = data.draw(st.integers(0, layout.count - 1))
    by = data.draw(st.integers(-8, 8))
    column = data.draw(st.none() | st.integers(0, layout.columns - 1))
    at = next(row for row, items in enumerate(rows) if item in items)
    own = rows[at].index(item)
    assert layout.column_of(item) == own
    wanted = rows[min(max(0, at + by), len(rows) - 1)]
    assert layout.step(item, by, column) == wanted[min(own if column is None else column, len(wanted) - 1)]
    assert layout.step(item, by) <= layout.step(item, by + 1)
    height = data.draw(st.integers(50, 1500))
    further = boxes[layout.step(item, layout.page(item, height))][1] - boxes[item][1]
    back = boxes[item][3] - boxes[layout.step(item, layout.page(item, -height))][1]
    one_down = layout.step(item, 1)
    assert further <= height or boxes[one_down][1] - boxes[item][1] == further
    assert back - layout.tall <= height or layout.step(item, -1) == layout.step(item, layout.page(item, -height))


@given(layouts(), st.integers(-50, 900), st.integers(-50, 3000), st.integers(0, 900), st.integers(0, 1500))
def test_band_takes_what_it_touches(layout: GridLayout, left: int, top: int, wide: int, high: int) -> None:
    right, bottom = left + wide, top + high
    boxes, _, _ = naive(layout)
    touched = [
        item
        for item, (x, y, end, under) in enumerate(boxes[: layout.above])
        if x <= right and end > left and y <= bottom and under > top
    ]
    runs = layout.items_in(left, top, right, bottom)
    assert [item for first, last in runs for item in range(first, last + 1)] == touched


@given(layouts())
def test_view_of_an_item_shows_its_header(layout: GridLayout) -> None:
    _, heads, rows = naive(layout)
    by_first = {layout.starts[section]: y for section, y in heads}
    for row in rows:
        if row[0] in by_first:
            assert layout.top_with(row[-1]) == (0 if row[0] == 0 else by_first[row[0]])
        elif 0 < row[0] < layout.above and heads:
            assert layout.top_with(row[0]) == layout.place(row[0])[1] - HEAD - GAP


def test_a_million_tiles_in_5000_sections() -> None:
    layout = GridLayout(1000, 1_000_000, 132, 46, starts=range(0, 1_000_000, 200))
    x, y, _ = layout.place(999_999)
    assert layout.item_at(x, y) == 999_999
    assert layout.section_at(y) == 4_999
    assert layout.items_in(0, 0, 1000, layout.height) == [(0, 999_999)]
