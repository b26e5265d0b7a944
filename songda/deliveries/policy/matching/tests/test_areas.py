from songda.deliveries.policy.matching.rules.areas import cut, level_of

STREETS = [f"4101/{zone:02}/{street:03}/" for zone in range(1, 5) for street in range(1, 11)]


def test_few_streets_are_told_one_by_one():
    assert level_of(STREETS[:10]) == 3


def test_many_streets_are_told_by_district():
    assert level_of(STREETS) == 2
    assert {cut(path, 2) for path in STREETS} == {"4101/01/", "4101/02/", "4101/03/", "4101/04/"}


def test_a_unit_above_keeps_its_own_path():
    assert cut("4101/", 2) == "4101/"


def test_nothing_has_one_level():
    assert level_of([]) == 1
