"""Where the embedded PostgreSQL lives: reading its paths starts and writes nothing."""

import os

from bikeens.core import embedded


def test_a_clone_that_never_started_has_no_instance_and_gets_none_by_being_asked(tmp_path):
    assert embedded.instance_of(tmp_path) == "none"
    embedded.socket_folder_of(tmp_path)
    embedded.home_of(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_instance_is_drawn_once_and_kept(tmp_path):
    first = embedded.instance_of(tmp_path / "data", create=True)
    assert len(first) == 8
    assert embedded.instance_of(tmp_path / "data", create=True) == first
    assert embedded.instance_of(tmp_path / "data") == first


def test_two_clones_never_share_a_server(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        embedded.instance_of(folder, create=True)
    assert embedded.socket_folder_of(folders[0]) != embedded.socket_folder_of(folders[1])
    assert embedded.home_of(folders[0]) != embedded.home_of(folders[1])


def test_the_sockets_path_is_short_however_deep_the_clone(tmp_path):
    deep = tmp_path.joinpath(*["a-rather-long-folder-name"] * 8)
    embedded.instance_of(deep, create=True)
    assert len(f"{embedded.socket_folder_of(deep)}/.s.PGSQL.5432") < 100


def test_root_keeps_the_data_in_a_folder_made_for_it_and_others_in_their_clone(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert embedded.home_of(tmp_path) == embedded.ROOT_HOME / "none"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert embedded.home_of(tmp_path) == tmp_path / "postgres"
    assert str(embedded.socket_folder_of(tmp_path)).endswith("bikeens-1000-none")
