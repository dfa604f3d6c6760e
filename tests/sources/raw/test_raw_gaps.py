from kpitui.sources.raw.gaps import Word, blocks


def page(*lines: str, height: float = 10) -> list[Word]:
    """Words as a typewriter sets them: a letter is half as wide as it is high, two blanks part cells."""
    words = []
    for number, line in enumerate(lines):
        place, top = 0, number * 14.0
        for piece in line.split(" "):
            if piece:
                words.append(Word(place * 5, (place + len(piece)) * 5, top, top + height, piece))
            place += len(piece) + 1
    return words


def table(*lines: str) -> list[tuple[str, ...]]:
    [block] = blocks(page(*lines))
    assert block.is_table
    return list(block.rows)


def test_words_of_a_cell_stay_together() -> None:
    assert table("no   project name   target", "1    rural tourism  10", "2    IoT            5") == [
        ("no", "project name", "target"),
        ("1", "rural tourism", "10"),
        ("2", "IoT", "5"),
    ]


def test_numbers_at_the_right_fall_into_the_column_of_their_head() -> None:
    assert table("name        target   actual", "tourism      1,000       12", "IoT              5        3") == [
        ("name", "target", "actual"),
        ("tourism", "1,000", "12"),
        ("IoT", "5", "3"),
    ]


def test_a_head_over_several_columns_stands_over_each() -> None:
    found = table(
        "name     2021 year plan     2022 year plan",
        "         target   actual    target   actual",
        "tourism  1,000    900       1,100    1,000",
        "IoT      5        3         6        6",
        "roads    5        3         6        6",
    )
    assert found[0] == ("name", "2021 year plan", "2021 year plan", "2022 year plan", "2022 year plan")
    assert found[2] == ("tourism", "1,000", "900", "1,100", "1,000")


def test_a_line_within_one_column_continues_the_table() -> None:
    found = table(
        "no   name      kpi      target",
        "1    tourism   guests   10",
        "               nights",
        "2    IoT       rate     5",
    )
    assert found[2] == ("", "", "nights", "")


def test_prose_before_and_after_is_text() -> None:
    first, middle, last = blocks(
        page("A title of the page", "no    name", "1     tourism", "2     IoT", "And a remark below it.")
    )
    assert not first.is_table
    assert middle.rows == (("no", "name"), ("1", "tourism"), ("2", "IoT"))
    assert last.rows == (("And a remark below it.",),)


def test_a_page_without_words_has_no_blocks() -> None:
    assert blocks([]) == []


def test_a_single_line_with_a_gap_is_no_table() -> None:
    [block] = blocks(page("left      right"))
    assert not block.is_table
    assert block.rows == (("left  right",),)
