from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.index import table


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 60), max_size=12)), max_size=25))
def test_rows_are_found_as_in_a_dictionary(steps: list[tuple[bool, set[int]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_FEW_RECENT", 5)
        rows, model = table.FaceRows(), dict[int, int]()
        for number, (putting, some) in enumerate(steps):
            ids = np.array(sorted(some), np.int64)
            if putting:
                rows.put(ids, ids * 100 + number)
                model.update({face: face * 100 + number for face in some})
            else:
                rows.discard(ids)
                for face in some:
                    model.pop(face, None)
            assert rows.find(np.arange(62)).tolist() == [model.get(face, -1) for face in range(62)]
