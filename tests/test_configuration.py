"""The configuration: strict, with lines, and precedence of option, environment, file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsarchive.configuration import FetchSettings, default_path, load
from newsarchive.errors import RuleError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


WHOLE = """\
# Where it all lies.
database = "/data/news.db"

[fetch]
contact = "mailto:archive@example.org"
user_agent = "archive"
allow = [
    "localhost:8000",
    "10.0.0.0/8",
]
insecure = ["old.example"]
proxy = "http://user:hunter2@proxy.example:3128"
trust_environment = true
authorities = "/etc/own.pem"
cookies = "/data/cookies.txt"
delay = 2.5
archive = "http://127.0.0.1:9000"

[sites."slow.example"]
delay = 10
robots = false

[sites."older.example"]
insecure = true
"""


def test_every_key_is_read(file: Path) -> None:
    configuration = load(write(file, WHOLE), environment={})
    assert configuration.database == Path("/data/news.db")
    assert configuration.fetch == FetchSettings(
        contact="mailto:archive@example.org",
        user_agent="archive",
        allow=("localhost:8000", "10.0.0.0/8"),
        insecure=("old.example", "older.example"),
        ignore_robots=("slow.example",),
        proxy="http://user:hunter2@proxy.example:3128",
        trust_environment=True,
        authorities=Path("/etc/own.pem"),
        cookies=Path("/data/cookies.txt"),
        delay=2.5,
        delays=(("slow.example", 10.0),),
        archive="http://127.0.0.1:9000",
    )


def test_no_file_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    configuration = load(environment={})
    assert configuration.fetch == FetchSettings()
    assert configuration.path.is_relative_to(tmp_path)
    assert {setting.origin for setting in configuration.describe()} == {"default"}


def test_a_file_that_is_named_must_be_there(file: Path) -> None:
    for arguments in ({"path": file, "environment": {}}, {"environment": {"NEWSARCHIVE_CONFIG": str(file)}}):
        with pytest.raises(RuleError, match="cannot be read: No such file"):
            load(**arguments)


def test_the_place_of_the_file_can_be_named() -> None:
    assert default_path({"NEWSARCHIVE_CONFIG": "/x/y.toml"}) == Path("/x/y.toml")
    assert default_path({}).name == "config.toml"


def test_an_option_counts_more_than_the_environment_and_that_more_than_the_file(file: Path) -> None:
    write(file, '[fetch]\ncontact = "file"\nuser_agent = "file"\ndelay = 3\n')
    environment = {"NEWSARCHIVE_CONTACT": "environment", "NEWSARCHIVE_USER_AGENT": "environment"}
    options = {"fetch.contact": "option", "fetch.proxy": None, "fetch.allow": (), "database": None}
    configuration = load(file, environment=environment, options=options)
    fetch = configuration.fetch
    assert (fetch.contact, fetch.user_agent, fetch.delay) == ("option", "environment", 3)
    origins = {setting.key: setting.origin for setting in configuration.describe()}
    assert origins["fetch.contact"] == "option"
    assert origins["fetch.user_agent"] == "NEWSARCHIVE_USER_AGENT"
    assert origins["fetch.delay"] == f"{file}:4"
    assert origins["fetch.allow"] == "default"


def test_the_environment_may_hold_lists_numbers_and_flags(file: Path) -> None:
    environment = {
        "NEWSARCHIVE_ALLOW": "localhost:1, 10.0.0.0/8",
        "NEWSARCHIVE_DELAY": "1.5",
        "NEWSARCHIVE_TRUST_ENVIRONMENT": "true",
        "NEWSARCHIVE_DB": "~/news.db",
    }
    configuration = load(write(file, ""), environment=environment)
    assert configuration.fetch.allow == ("localhost:1", "10.0.0.0/8")
    assert configuration.fetch.delay == 1.5
    assert configuration.fetch.trust_environment is True
    assert configuration.database == Path.home() / "news.db"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("databse = 'x'", 1, "unknown key databse; known are database"),
        ("\n\n# comment\nfetch.contcat = 'x'", 4, "unknown key fetch.contcat"),
        ("[fetch]\ncontact = 'x'\n\n[fetch.proxy]\nhost = 'x'", 5, "unknown key fetch.proxy.host"),
        ("[fetcher]\ndelay = 1", 2, "unknown key fetcher.delay"),
        ("[fetcher]", 1, "unknown key fetcher"),
        ("fetch = 1", 1, "unknown key fetch"),
        ("[sites.'a.example']\nspeed = 1", 2, 'unknown key sites."a.example".speed; known are robots, delay, insecure'),
        ("[sites]\nrobots = false", 2, "unknown key sites.robots"),
        ("[fetch]\ndelay = 'soon'", 2, "fetch.delay must be a number of seconds"),
        ("[fetch]\ndelay = true", 2, "fetch.delay must be a number"),
        ("[fetch]\ndelay = -1", 2, "fetch.delay must be a number"),
        ("[fetch]\ndelay = nan", 2, "fetch.delay must be a number"),
        ("[fetch]\ntrust_environment = 1", 2, "must be true or false"),
        ("[fetch]\nuser_agent = 'x'\nallow = [\n  'a:1',\n  'b',\n]\ndelay = 1", 3, "must be a list of HOST:PORT"),
        ("[fetch]\nallow = 'a:1'", 2, "must be a list"),
        ("[fetch]\nallow = [1]", 2, "must be a list"),
        ("[fetch]\ncontact = ''", 2, "must be a text of one line"),
        ('[fetch]\nuser_agent = "a\\r\\nX-Forged: 1"', 2, "must be a text of one line"),
        ("[fetch]\nproxy = 'socks5://x:1'", 2, "must be http://HOST:PORT"),
        ("[fetch]\narchive = 'archive.org'", 2, "must be an address"),
        ("[sites.'a.example']\nrobots = 'no'", 2, "must be true or false"),
        ("database = 1", 1, "database must be a path"),
        ("a = 1\nb = = 2", 2, "Invalid value"),
        ("a = 'x", 1, "Expected"),
        ("a = 1\na = 2", 2, "Cannot overwrite a value"),
        ("[fetch]\n[fetch]", 2, "Cannot declare"),
    ],
)
def test_whatever_is_wrong_is_an_error_with_its_line(file: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        load(write(file, text), environment={})
    assert caught.value.subject == f"{file}:{line}"
    assert reason in caught.value.reason
    assert caught.value.exit_code == 4


def test_what_is_wrong_in_the_environment_or_an_option_is_named_by_it(file: Path) -> None:
    write(file, "")
    with pytest.raises(RuleError, match=r"NEWSARCHIVE_DELAY: fetch.delay must be"):
        load(file, environment={"NEWSARCHIVE_DELAY": "soon"})
    with pytest.raises(RuleError, match=r"NEWSARCHIVE_TRUST_ENVIRONMENT: .* must be true or false"):
        load(file, environment={"NEWSARCHIVE_TRUST_ENVIRONMENT": "perhaps"})
    with pytest.raises(RuleError, match=r"option fetch.allow: "):
        load(file, environment={}, options={"fetch.allow": ("localhost",)})
    with pytest.raises(RuleError, match=r"unknown key fetch\.speed"):
        load(file, environment={}, options={"fetch.speed": 1})


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "database = '\u0623'".encode("windows-1256"), b"#" * 100_000])
def test_what_is_no_text_of_a_sensible_size_is_an_error(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(RuleError):
        load(file, environment={})


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load(tmp_path, environment={})


def test_a_byte_order_mark_and_commented_tables_are_fine(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf[fetch]\n# delay = 1\n[sites]\n")
    assert load(file, environment={}).fetch == FetchSettings()


def test_what_is_shown_has_every_key_and_no_password(file: Path) -> None:
    shown = {setting.key: setting.value for setting in load(write(file, WHOLE), environment={}).describe()}
    assert shown["fetch.proxy"] == "http://proxy.example:3128"
    assert shown["fetch.allow"] == "localhost:8000 10.0.0.0/8"
    assert shown["fetch.trust_environment"] == "true"
    assert shown['sites."slow.example".robots'] == "false"
    assert shown['sites."slow.example".delay'] == "10.0"
    assert "hunter2" not in repr(shown)
    assert len(load(file, environment={}).describe()) >= 10


def test_the_delays_between_visits_to_an_article_can_be_set(file: Path) -> None:
    configuration = load(write(file, '[crawl]\nrevisits = ["6h", "2d", "1w"]'), environment={})
    assert configuration.revisits == (timedelta(hours=6), timedelta(days=2), timedelta(weeks=1))
    assert {setting.key: setting.value for setting in configuration.describe()}["crawl.revisits"] == "6h 48h 168h"


@pytest.mark.parametrize("value", ['["6"]', "[]", '"6h"', "[6]"])
def test_delays_that_are_none_are_refused(file: Path, value: str) -> None:
    with pytest.raises(RuleError, match=r"crawl\.revisits must be a list of delays"):
        load(write(file, f"[crawl]\nrevisits = {value}"), environment={})
