"""The command line as a user meets it: what is said where, exit codes, wrong inputs."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newsarchive import cli
from newsarchive.archive import Archive

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{headline} - صدى الوادي</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="صدى الوادي"></head><body>
<article><h1>{headline}</h1><p><strong>صدى الوادي- رويترز</strong></p>
<p>أعلنت بلدية وادي الزيتون، يوم الثلاثاء، افتتاح المكتبة العامّة بعد أعمال ترميم استمرت ثلاثة أعوام وشارك فيها
متطوعون من أبناء المدينة ومهندسون من الجامعة القريبة.</p>
<p>وقالت مديرة المكتبة إن القاعة الكبرى تتسع لمئتي قارئ، وإن رفوفها تضم أربعين ألف كتاب، بينها مخطوطات نادرة جرى
حفظها في خزائن خاصة تحميها من الرطوبة والضوء.</p>
<p>وأضافت أن أبواب المكتبة ستبقى مفتوحة حتى ساعات المساء طوال أيام الأسبوع، وأن الاشتراك فيها مجاني للطلاب
والمتقاعدين من سكان الأحياء المجاورة.</p></article></body></html>"""


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def run(db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run one command on an archive of the test's own."""
    monkeypatch.setenv("NEWSARCHIVE_DB", str(db))

    def run_command(*arguments: object) -> Result:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def site(tmp_path: Path, serve: Callable[[Path], str]) -> tuple[Path, str]:
    """A folder whose files are served, and its HOST:PORT."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "library.html").write_text(PAGE.format(headline="افتتاح المكتبة العامّة"), encoding="utf-8")
    return folder, serve(folder)


@pytest.fixture
def filled(run: Callable[..., Result], site: tuple[Path, str]) -> str:
    """The address of an article that the archive holds."""
    url = f"http://{site[1]}/library.html"
    assert run("fetch", "--allow", site[1], url).code == 0
    return url


def test_fetch_says_what_was_stored_and_then_that_it_is_unchanged(run: Any, site: Any) -> None:
    url = f"http://{site[1]}/library.html"
    first = run("fetch", "--allow", site[1], url)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("stored          1  ")
    assert "افتتاح المكتبة العامّة" in first.out
    assert run("fetch", "--allow", site[1], url).out.startswith("unchanged       1  ")


def test_a_changed_page_is_said_to_be_changed(run: Any, site: Any, filled: str) -> None:
    (site[0] / "library.html").write_text(PAGE.format(headline="إغلاق المكتبة"), encoding="utf-8")
    assert run("fetch", "--allow", site[1], filled).out.startswith("changed         1  ")


def test_what_is_not_an_article_is_kept_and_exit_code_1(run: Any, site: Any, db: Path) -> None:
    (site[0] / "empty.html").write_bytes(b"")
    result = run("fetch", "--allow", site[1], f"http://{site[1]}/empty.html", "--json")
    assert result.code == 1
    assert json.loads(result.out)[0]["outcome"] == "refused"
    with Archive(db, readonly=True) as archive:
        assert archive.counts()["captures"] == 1


def _closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://{site}/missing.html", "HTTP 404"),
        ("http://127.0.0.1:{closed}/", "refused"),
        ("http://no-such-host.invalid/", "no-such-host.invalid"),
        ("ftp://example.org/", "ftp://example.org/"),
        ("not an address", "not an address"),
    ],
)
def test_a_failed_fetch_is_one_line_and_exit_code_1(run: Any, site: Any, url: str, complaint: str) -> None:
    closed = _closed_port()
    address = url.format(site=site[1], closed=closed)
    result = run("fetch", "--allow", site[1], "--allow", f"127.0.0.1:{closed}", address)
    assert (result.code, result.out) == (1, "")
    assert complaint in result.err
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


def test_a_private_address_is_refused_unless_it_is_allowed_by_name(run: Any, site: Any) -> None:
    result = run("fetch", f"http://{site[1]}/library.html")
    assert result.code == 1
    assert "--allow" in result.err


def test_one_bad_address_does_not_stop_the_others(run: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"# a list\n\nhttp://{site[1]}/missing.html\nhttp://{site[1]}/library.html\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    result = run("fetch", "--allow", site[1], "-i", "-", "--json")
    assert result.code == 1
    assert [row["outcome"] for row in json.loads(result.out)] == ["failed", "stored"]
    assert "1 failed, 1 stored" in result.err


def test_a_file_at_hand_is_kept_as_the_page_of_its_address(run: Any, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE.format(headline="افتتاح المكتبة"), encoding="utf-8")
    options = ("--url", "https://sada.example/1", "--fetched-at", "2020-05-01T10:00+03:00")
    assert run("fetch", "--html", tmp_path / "saved.html", *options).code == 0
    record = json.loads(run("show", "https://sada.example/1", "--json").out)
    assert record["last_captured_at"] == "2020-05-01T07:00:00Z"


@pytest.mark.parametrize("arguments", [["fetch"], ["fetch", "--html", __file__], ["show"], ["search"], ["nothing"]])
def test_wrong_usage_is_exit_code_2(run: Any, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


def test_search_finds_other_spellings_and_shows_outlet_and_source(run: Any, filled: str) -> None:
    found = run("search", "المكتبه", "العامة")
    assert found.code == 0
    for part in ("افتتاح المكتبة العامّة", "صدى الوادي", "صدى الوادي- رويترز", filled):
        assert part in found.out


def test_search_words_may_begin_with_a_minus(run: Any, filled: str) -> None:
    assert run("search", "المكتبة", "-الجامعة", "--json").out == "[]\n"
    assert run("search", "المكتبة", "-trump").code == 0
    assert run("search", "-t", "المكتبة").code == 0


def test_search_counts_filters_and_tallies(run: Any, filled: str) -> None:
    assert json.loads(run("search", "المكتبة", "--count", "--json").out) == {"all_words": 1, "any_word": None}
    assert json.loads(run("search", "المكتبة", "--facet", "credit", "--json").out) == [
        {"credit": "رويترز", "articles": 1}
    ]
    assert run("search", "المكتبة", "--outlet", "صدى الوادي").out
    assert run("search", "المكتبة", "--outlet", "غيرها").out == ""
    assert run("search", "المكتبة", "--since", "7d").out == ""  # the page states no date


@pytest.mark.parametrize("query", ['"', "-", "OR", "after:never", "site:", "((((", "\x00", "*", "NEAR(a b)"])
def test_any_query_gives_hits_or_one_line(run: Any, filled: str, query: str) -> None:
    result = run("search", query)
    assert result.code in {0, 2}
    assert result.err.count("\n") <= 1
    assert "sqlite" not in result.err.lower()


def test_records_are_imported_once_and_a_bad_line_is_named(run: Any, filled: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(run("list", "--nl").out + '{"url": "https://a.example/2", "body": ["نص"]}\n')
    assert run("import", tmp_path / "a.jsonl").out == "1 stored, 0 changed, 1 unchanged\n"
    (tmp_path / "b.jsonl").write_text("{}\nnot json\n")
    result = run("import", tmp_path / "b.jsonl")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert run("reindex").out == "indexed  texts: 2\n"


def test_a_search_without_hits_is_no_failure(run: Any, filled: str) -> None:
    result = run("search", "بركان")
    assert (result.code, result.out) == (0, "")
    assert "nothing found" in result.err


def test_show_gives_the_text_and_with_raw_the_bytes(run: Any, site: Any, filled: str, db: Path) -> None:
    process = _process("show", "1", "--raw", db=db)
    out, _ = process.communicate(timeout=20)
    assert out == (site[0] / "library.html").read_bytes()
    assert "مديرة المكتبة" in run("show", 1).out


def test_addresses_are_shown_in_their_letters_and_recorded_as_they_are(run: Any, tmp_path: Path) -> None:
    saved = tmp_path / "library.html"
    saved.write_text(PAGE.format(headline="افتتاح المكتبة العامّة"), encoding="utf-8")
    url = "https://sahl.example/%D8%A7%D9%81%D8%AA%D8%AA%D8%A7%D8%AD-1"
    assert run("fetch", "--html", saved, "--url", url).code == 0
    for command in (["show", 1], ["list"], ["search", "المكتبة"]):
        assert "https://sahl.example/افتتاح-1" in run(*command).out
        assert url in run(*command, "--json").out


@pytest.mark.parametrize("command", [["search", "x"], ["show", "1"], ["list"], ["forget", "1", "--yes"]])
def test_without_an_archive_each_command_says_how_to_begin_one(run: Any, db: Path, command: list[str]) -> None:
    result = run(*command)
    assert result.code == 5
    assert "newsarchive fetch URL" in result.err
    assert not db.exists()


@pytest.mark.parametrize("command", [["search", "x"], ["list"]])
def test_an_empty_archive_says_how_to_fill_it(run: Any, db: Path, command: list[str]) -> None:
    with Archive(db):
        pass
    result = run(*command)
    assert result.code == 0
    assert "newsarchive fetch URL" in result.err


def test_a_file_that_is_no_archive_is_exit_code_5(run: Any, db: Path) -> None:
    db.write_text("notes")
    result = run("list")
    assert (result.code, result.err.count("\n")) == (5, 1)
    assert db.read_text() == "notes"


def test_another_writer_is_exit_code_3(run: Any, db: Path, site: Any) -> None:
    with Archive(db):
        result = run("fetch", "--allow", site[1], f"http://{site[1]}/library.html")
    assert (result.code, result.err.count("\n")) == (3, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into read-only folders")
def test_a_read_only_folder_is_exit_code_5(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o500)
    assert run("fetch", "https://a.example/", "--db", folder / "a.db").code == 5


def test_forget_asks_first_and_then_forgets(run: Any, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert run("forget", 1).err.endswith("nothing was forgotten\n")
    assert run("forget", filled, "--yes", "--reason", "asked").code == 0
    result = run("show", filled)
    assert result.code == 1
    assert "asked" in result.err


def test_doctor_says_where_everything_lies(run: Any, db: Path, filled: str) -> None:
    facts = {row["what"]: row["value"] for row in json.loads(run("doctor", "--json").out)}
    assert facts["archive"] == str(db)
    assert (facts["journal mode"], facts["articles"], facts["quick check"]) == ("wal", "1", "ok")


@pytest.mark.parametrize(
    ("option", "first_line"),
    [
        ("--csv", "id,outlet"),
        ("--tsv", "id\toutlet"),
        ("--nl", '{"id": 1, "outlet": "صدى الوادي"}'),
        ("--json", '[{"id": 1, "outlet": "صدى الوادي"}]'),
    ],
)
def test_every_form_of_output_gives_the_chosen_columns(run: Any, filled: str, option: str, first_line: str) -> None:
    assert run("list", option, "-c", "id,outlet").out.splitlines()[0] == first_line


def test_ascii_escapes_and_excel_gets_a_byte_order_mark(run: Any, filled: str) -> None:
    assert run("list", "--json", "--ascii", "-c", "outlet").out.isascii()
    assert run("list", "--csv", "--excel", "-c", "outlet").out.startswith("\ufeffoutlet")


HOSTILE = "\x1b[31mعنوان\x1b]8;;http://evil.example\x07\u202eقلب\x9b\r\nسطر\x00"


def test_text_of_a_page_cannot_act_on_a_terminal_or_pipe(run: Any, db: Path) -> None:
    with Archive(db) as archive:
        archive.import_records([{"url": "https://a.example/1", "headline": HOSTILE, "body": [HOSTILE + "=1+1"]}])
    for command in (["list"], ["show", "1"], ["search", "عنوان"], ["list", "-t"]):
        out = run(*command).out
        assert not [c for c in out if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c in "\u202e\u202d"]
        assert out.count("\u2068") == out.count("\u2069") > 0
    as_json = run("list", "--json").out
    assert "\\u202e" in as_json
    assert json.loads(as_json)[0]["headline"].startswith("\x1b[31mعنوان")


def test_csv_cells_are_never_formulas(run: Any, db: Path) -> None:
    with Archive(db) as archive:
        archive.import_records([{"url": "https://a.example/1", "headline": "=HYPERLINK(1)", "body": ["x"]}])
    assert run("list", "--csv", "-c", "headline", "--no-headers").out == "'=HYPERLINK(1)\n"


def test_parse_prints_a_record_and_stores_nothing(run: Any, site: Any, db: Path) -> None:
    record = json.loads(run("parse", site[0] / "library.html", "--url", "https://sada.example/1").out)
    assert (record["headline"], record["source"]) == ("افتتاح المكتبة العامّة", "صدى الوادي- رويترز")
    assert json.loads(run("parse", "--allow", site[1], f"http://{site[1]}/library.html").out)["body"] == record["body"]
    assert not db.exists()


def test_parse_explains_where_each_value_comes_from(run: Any, site: Any) -> None:
    rows = json.loads(run("parse", site[0] / "library.html", "--explain", "--json").out)
    rules = {row["field"]: row["rule"] for row in rows}
    assert rules["headline"]
    assert rules["encoding"]


# A shell's background job ignores SIGINT, and so would what it starts.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from newsarchive.cli import main
main()
"""


def _process(*arguments: str, db: Path, **options: Any) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "NEWSARCHIVE_DB": str(db), **options.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_a_closed_pipe_ends_quietly(db: Path) -> None:
    with Archive(db) as archive:
        archive.import_records({"url": f"https://a.example/{n}", "body": ["نص " * 200]} for n in range(500))
    process = _process("list", "--limit", "0", "--json", db=db)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(20) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_plain_c_locale_does_not_crash(db: Path) -> None:
    with Archive(db) as archive:
        archive.import_records([{"url": "https://a.example/1", "headline": "عنوان", "body": ["نص"]}])
    process = _process("list", db=db, env={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"})
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, b"")
    assert "عنوان" in out.decode()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_fetch_soon_and_frees_the_lock(db: Path, sent: signal.Signals, code: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        process = _process("fetch", "--allow", f"127.0.0.1:{port}", f"http://127.0.0.1:{port}/", db=db)
        silent.settimeout(20)
        connection, _ = silent.accept()
        time.sleep(0.2)
        process.send_signal(sent)
        _, err = process.communicate(timeout=5)
        connection.close()
    assert process.returncode == code
    assert b"Traceback" not in err
    with Archive(db) as archive:
        assert archive.counts()["captures"] == 0


def test_the_package_runs_as_a_module() -> None:
    ran = subprocess.run([sys.executable, "-m", "newsarchive", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("newsarchive")


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5_000, "0"])
@pytest.mark.usefixtures("filled")
def test_a_number_that_no_article_has_is_said_to_be_none(run: Any, number: str) -> None:
    result = run("show", number)
    assert (result.code, result.err.count("\n")) == (1, 1)
