"""The reader's training: fits that find what is there, and a whole run that is the same twice."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.bench import reading
from evals.training.boosting import Pull, grow
from evals.training.fitting import auc, fit_odds, fit_ranking
from evals.training.reader import main
from qa.answer.model import load_model

TOWNS = "Dorra Kest Simab Norvik Alder Brume Corvo Delph Estrin Farrow Galen Hythe Isola Jurat Korda Lumen".split()
NAMES = "Mara Orrin Hala Tovin Sela Brann Ilse Corin Dara Emric Fenna Goran Hedda Ivo Jorun Kael".split()


def test_the_ranking_puts_weight_on_what_tells_right_from_wrong() -> None:
    noise = np.random.default_rng(1)
    tables = [noise.normal(size=(5, 3)) for _ in range(200)]
    right = [(table[:, 1] == table[:, 1].max()).astype(float) for table in tables]
    fitted = fit_ranking(tables, right, np.full(200, 1 / 200))
    hits = [np.argmax(fitted(table)) == np.argmax(each) for table, each in zip(tables, right, strict=True)]
    assert np.mean(hits) > 0.95
    assert abs(fitted.weights[1]) > 5 * max(abs(fitted.weights[0]), abs(fitted.weights[2]))


def test_the_odds_are_those_of_the_data() -> None:
    rows = np.repeat([[0.0], [1.0]], 100, axis=0)
    truth = np.r_[np.repeat([1.0, 0.0], [20, 80]), np.repeat([1.0, 0.0], [70, 30])]
    fitted = fit_odds(rows, truth, np.full(200, 1 / 200))
    chances = 1 / (1 + np.exp(-fitted(np.array([[0.0], [1.0]]))))
    assert chances == pytest.approx([0.2, 0.7], abs=0.02)


def test_trees_learn_what_no_weighted_sum_can() -> None:
    noise = np.random.default_rng(2)
    table = noise.uniform(-1, 1, size=(2000, 2))
    truth = np.sign(np.abs(table[:, 0]) - 0.5)
    trees = grow(table, lambda scores: Pull(scores - truth, np.ones(len(scores))), 60, start=np.zeros(2000))
    assert np.mean(np.sign(trees(table)) == truth) > 0.9


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([1.0, 2.0]), np.array([0.0, 1.0])) == pytest.approx(0.875)


def squad(path: Path) -> Path:
    data = []
    for number, (town, name) in enumerate(zip(TOWNS, NAMES, strict=True)):
        year, count = 1950 + number, 100 + 7 * number
        text = (
            f"{name} opened the lighthouse of {town} in {year}. The ferry of {town} carries {count} passengers. "
            f"It was built in the old harbour, which the storm had left empty."
        )
        questions = [
            (f"Who opened the lighthouse of {town}?", name),
            (f"When was the lighthouse of {town} opened?", str(year)),
            (f"How many passengers does the ferry of {town} carry?", str(count)),
        ]
        qas = [
            {"question": question, "answers": [{"text": answer, "answer_start": text.index(answer)}]}
            for question, answer in questions
        ]
        data.append({"title": town, "paragraphs": [{"context": text, "qas": qas}]})
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_two_runs_give_the_same_file_and_it_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = squad(tmp_path / "towns.en.json")
    for out in ("one.json", "two.json"):
        main([str(file), "--out", str(tmp_path / out)])
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    figures = json.loads((tmp_path / "one.json").read_text("utf-8"))["figures"][file.name]
    assert figures["questions"] > 0
    assert figures["right sentence in three"] > 50
    assert json.dumps(figures["questions"]) in capsys.readouterr().out
    model = load_model(tmp_path / "one.json")
    assert model.threshold("en") == model.threshold("fa") > 0  # trained on English alone; the bar for all is the same


def test_the_bench_times_features_and_whole_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reading.main([str(squad(tmp_path / "towns.en.json")), "--questions", "6"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["features", "question"]
    assert all(float(line.split()[1]) > 0 for line in lines)
