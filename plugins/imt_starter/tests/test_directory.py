from pathlib import Path
from shutil import copytree

import pytest

from softlanding_imt_starter.directory import SHIPPED, DirectoryError, read_directory
from softlanding_imt_starter.settings import ImtStarterSettings, directory_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(SHIPPED, tmp_path / "directory"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_directory_is_a_demonstration() -> None:
    directory = read_directory()
    assert {key: (lab.zrr, lab.demo) for key, lab in directory.labs.items()} == {
        "samovar": (None, False),
        "demo-lab-open-platforms": (False, True),
        "demo-lab-photonics": (True, True),
    }
    assert len(directory.researchers) == 10
    assert all(one.demo for one in directory.researchers.values())
    assert all(lab.ror is None and lab.hal_struct_id is None for lab in directory.labs.values())
    assert [lab.key for lab in directory.free_labs] == ["demo-lab-open-platforms"]


def test_no_shipped_orcid_lies_in_a_block_that_is_given_out() -> None:
    assert all(orcid.startswith("0099-") for orcid in read_directory().researchers)


def test_a_researcher_is_listed_only_when_open_to_contact() -> None:
    directory = read_directory()
    listed = [one.name for one in directory.open_researchers]
    assert len(listed) == 8
    assert "Isidore Schéma" not in listed


def test_a_directory_is_read_once() -> None:
    assert read_directory() is read_directory()


def test_the_setting_names_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder, "labs.toml", "Demo Lab Photonics", "Demo Lab Elsewhere")
    monkeypatch.setenv("SOFTLANDING_IMT_STARTER_DIRECTORY", str(folder))
    directory = directory_of(ImtStarterSettings())
    assert directory.labs["demo-lab-photonics"].name == "Demo Lab Elsewhere"
    assert directory_of(None).labs["demo-lab-photonics"].name == "Demo Lab Photonics"


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTLANDING_IMT_STARTER_DIRECTORY", "")
    assert ImtStarterSettings().directory == SHIPPED


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "researchers.toml",
            "0099-0000-0000-0011",
            "0099-0000-0000-0012",
            "researchers.toml: researchers.0.orcid: Value error,"
            " the check digit of this ORCID does not hold",
        ),
        (
            "researchers.toml",
            'lab = "samovar"',
            'lab = "elsewhere"',
            "researchers.toml: researchers.0.lab: elsewhere is not in labs.toml",
        ),
        (
            "researchers.toml",
            '"T10400"',
            '"T1"',
            "researchers.toml: researchers.0.topics: T1 is not in topics.toml",
        ),
        (
            "researchers.toml",
            "0099-0000-0000-002X",
            "0099-0000-0000-0011",
            "researchers.toml: orcid: 0099-0000-0000-0011 is there twice",
        ),
        (
            "labs.toml",
            'name = "SAMOVAR"',
            'title = "SAMOVAR"',
            "labs.toml: labs.0.name: Field required",
        ),
        (
            "labs.toml",
            'name = "SAMOVAR"',
            'name = "SAMOVAR"\nror = "03yrm5c27"',
            "labs.toml: labs.0.ror: Value error, the check digits of this ROR id do not hold",
        ),
        (
            "topics.toml",
            'id = "T10400"',
            'id = "10400"',
            "topics.toml: topics.0.id: String should match pattern '^T[0-9]+$'",
        ),
        ("topics.toml", "[[topics]]", "[[themes]]", "topics.toml: it must hold one list, topics"),
    ],
)
def test_a_bad_entry_is_refused_by_file_and_key(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(DirectoryError) as refused:
        read_directory(folder)
    assert str(refused.value) == message


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "topics.toml").unlink()
    with pytest.raises(DirectoryError, match=r"^topics\.toml: No such file or directory$"):
        read_directory(folder)


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    (folder / "labs.toml").write_text("labs =", "utf-8")
    with pytest.raises(DirectoryError, match=r"^labs\.toml: "):
        read_directory(folder)


def test_bad_data_stop_the_settings_with_file_and_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "labs.toml").unlink()
    monkeypatch.setenv("SOFTLANDING_IMT_STARTER_DIRECTORY", str(folder))
    with pytest.raises(DirectoryError, match=r"^labs\.toml: No such file or directory$"):
        ImtStarterSettings()
