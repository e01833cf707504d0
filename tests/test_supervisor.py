"""What the flow's process is told of its surroundings."""

from pathlib import Path

import pytest

from flows.supervisor import prefect_environment


def test_prefect_is_quiet_and_at_home_where_it_is_told() -> None:
    told = prefect_environment({"PATH": "/bin"}, Path("/cache"))
    assert told["PATH"] == "/bin"
    assert told["PREFECT_HOME"] == "/cache"
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "120"
    assert "PREFECT_API_URL" not in told


def test_what_the_user_sets_wins() -> None:
    user = {"PREFECT_API_URL": "http://server/api", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "5"}
    told = prefect_environment(user, Path("/cache"))
    assert {name: told[name] for name in user} == user


def test_an_empty_address_is_none() -> None:
    assert "PREFECT_API_URL" not in prefect_environment({"PREFECT_API_URL": ""}, Path("/cache"))


def test_a_proxy_does_not_stand_before_the_temporary_server() -> None:
    told = prefect_environment({"no_proxy": "example.org"}, Path("/cache"))
    assert told["no_proxy"] == "example.org,127.0.0.1,localhost"
    assert told["NO_PROXY"] == "127.0.0.1,localhost"


@pytest.mark.parametrize("own_home", [False, True])
def test_a_profile_of_the_user_is_honoured(tmp_path: Path, own_home: bool) -> None:  # noqa: FBT001 - a case
    profiles = tmp_path / ".prefect" / "profiles.toml"
    profiles.parent.mkdir()
    profiles.touch()
    user = {"HOME": str(tmp_path), **({"PREFECT_HOME": "/other"} if own_home else {})}
    told = prefect_environment(user, Path("/cache"))
    assert told.get("PREFECT_PROFILES_PATH") == (None if own_home else str(profiles))
