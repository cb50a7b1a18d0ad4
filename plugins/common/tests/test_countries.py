import pytest

from softlanding_common.countries import EEA_AND_SWITZERLAND, EU, is_third_country


def test_the_union_has_27_members() -> None:
    assert len(EU) == 27
    assert {"CH", "IS", "LI", "NO"} == EEA_AND_SWITZERLAND - EU


@pytest.mark.parametrize("code", sorted(EEA_AND_SWITZERLAND))
def test_whoever_moves_freely_is_not_of_a_third_country(code: str) -> None:
    assert not is_third_country([code])


@pytest.mark.parametrize("code", ["GB", "IN", "US", "UA", "TR", "VA", "EL", "UK", "fr"])
def test_everybody_else_is(code: str) -> None:
    assert is_third_country([code])


@pytest.mark.parametrize("nationalities", [("IN", "IE"), ("CH", "GB"), ("GB", "US", "NO")])
def test_one_nationality_that_moves_freely_is_enough(nationalities: tuple[str, ...]) -> None:
    assert not is_third_country(nationalities)


def test_two_other_nationalities_do_not_help() -> None:
    assert is_third_country(("GB", "IN"))


def test_without_a_nationality_nobody_moves_freely() -> None:
    assert is_third_country(())
