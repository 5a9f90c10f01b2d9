"""Writes what SciPy and statsmodels compute, for the tests to compare with: compare.json beside this file. README.md
says what is in it.

Run with numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0: python tests/reference/compare.py
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import special, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower, TTestPower
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(11)
HERE = Path(__file__).parent
N = 200


def ends(result):
    """A 95 % confidence interval."""
    interval = result.confidence_interval(0.95)
    return [float(interval.low), float(interval.high)]


def beta_cases():
    """I_x(a, b)."""
    for _ in range(N):
        a, b = np.round(10 ** random.uniform(-0.3, 3.3, 2), 3)
        # Near the mean a/(a + b), where the function is neither 0 nor 1.
        spread = math.sqrt(a * b / (a + b + 1)) / (a + b)
        x = round(float(np.clip(a / (a + b) + spread * random.normal() * 2, 1e-6, 1 - 1e-6)), 8)
        yield [float(a), float(b), x, float(special.betainc(a, b, x))]


def student_cases():
    """df, tail, t with P(|T| > t) = tail."""
    for case in range(N):
        df = float(case + 1 if case < 60 else round(10 ** random.uniform(0, 4), 4))
        tail = round(10 ** random.uniform(-6, -0.01), 9)
        yield [df, tail, float(stats.t.isf(tail / 2, df))]
    for df in [1.0, 2.0, 7.0, 1e4]:
        yield [df, 0.05, float(stats.t.ppf(0.975, df))]


def wilson_cases():
    """n correct, of n, low, high."""
    edges = [(0, 1), (1, 1), (0, 10_000), (10_000, 10_000), (1, 2), (9_999, 10_000), (9_597, 10_000)]
    draws = [(int(random.integers(0, n + 1)), int(n)) for n in random.integers(1, 60_001, N)]
    for correct, n in edges + draws:
        yield [correct, n, *map(float, proportion_confint(correct, n, 0.05, method="wilson"))]


def counts(size, n_images=5000):
    """How many of the validation images each of `size` runs reads rightly; in some cases with many ties."""
    spread = random.choice([1.0, 5.0, 40.0])
    return np.clip(np.round(random.normal(4800, spread, size)), 0, n_images).astype(int)


def pairs():
    """Two groups of up to twelve seeds: counts of 5000; the paired interval, and the flips that go as far."""
    for case in range(N):
        size = int(random.integers(2, 13))
        a, b = counts(size), counts(size)
        if case % 3 == 0:
            a = a + int(random.integers(0, 30))
        if case == 0:
            a, b = np.full(5, 4800), np.full(5, 4790)
        if case == 1:
            b = a
        d = a - b
        flips = stats.permutation_test(
            (d,), lambda x, axis: np.abs(x.sum(axis)), permutation_type="samples", n_resamples=np.inf,
            alternative="greater", vectorized=True)
        hits = round(float(flips.pvalue) * 2 ** len(d))
        with np.errstate(all="ignore"):
            interval = ends(stats.ttest_rel(a / 5000, b / 5000)) if len(set(d)) > 1 else [float(d.mean()) / 5000] * 2
        yield {
            "a": a.tolist(), "b": b.tolist(), "mean": float(np.mean(a / 5000)),
            "deviation": float(np.std(a / 5000, ddof=1)), "interval": interval,
            "hits": hits, "total": 2 ** len(d)}


def groups():
    """Two groups that are not paired: Welch's interval, and the deals that go as far."""
    for case in range(N):
        n_a, n_b = (int(n) for n in random.integers(2, 7, 2))
        a, b = counts(n_a), counts(n_b)
        if case % 3 == 0:
            a = a + int(random.integers(0, 30))
        if case == 0:
            a, b = np.full(3, 4800), np.full(4, 4790)
        if case == 1:
            a, b = np.full(3, 4800), np.full(4, 4800)

        def distance(x, y, axis):
            return np.abs(x.sum(axis) * y.shape[axis] - y.sum(axis) * x.shape[axis])

        deals = stats.permutation_test(
            (a, b), distance, permutation_type="independent", n_resamples=np.inf, alternative="greater",
            vectorized=True)
        total = math.comb(len(a) + len(b), len(a))
        is_flat = len(set(a)) == 1 and len(set(b)) == 1
        gap = float(a.mean() - b.mean()) / 5000
        interval = [gap] * 2 if is_flat else ends(stats.ttest_ind(a / 5000, b / 5000, equal_var=False))
        yield {
            "a": a.tolist(), "b": b.tolist(), "interval": interval,
            "hits": round(float(deals.pvalue) * total), "total": total}


def many_pairs():
    """More pairs than can be flipped in every way: the exact p, from the distribution of integer sums, to 1e-12."""
    for size in [21, 24, 30, 65, 130]:
        for shift in [0, 6, 12]:
            d = np.round(random.normal(shift, 20, size)).astype(int)
            ways = np.array([1.0])
            for one in np.abs(d):
                either = np.zeros(2 * one + 1)
                either[0] += 0.5
                either[-1] += 0.5
                ways = np.convolve(ways, either)
            sums = np.arange(len(ways)) - np.abs(d).sum()
            yield {"differences": d.tolist(), "p": float(ways[np.abs(sums) >= abs(d.sum())].sum())}


def many_groups():
    """More deals than can be tried: the exact p, from the number of choices with each sum."""
    for n_a, n_b in [(12, 12), (8, 30), (25, 11)]:
        for shift in [0, 8, 16]:
            a = np.round(random.normal(60 + shift, 15, n_a)).astype(int).clip(0)
            b = np.round(random.normal(60, 15, n_b)).astype(int).clip(0)
            everything = np.concatenate([a, b])
            ways = [dict() for _ in range(n_a + 1)]
            ways[0][0] = 1
            for value in everything.tolist():
                for chosen in range(n_a, 0, -1):
                    for total, n in ways[chosen - 1].items():
                        ways[chosen][total + value] = ways[chosen].get(total + value, 0) + n
            n, whole = n_a + n_b, int(everything.sum())
            observed = abs(int(a.sum()) * n - n_a * whole)
            far = sum(count for total, count in ways[n_a].items() if abs(total * n - n_a * whole) >= observed)
            yield {"a": a.tolist(), "b": b.tolist(), "p": far / math.comb(n, n_a)}


def mcnemar_cases():
    """b, c, p."""
    edges = [(0, 0), (1, 0), (0, 1), (5, 0), (0, 30), (7, 7), (338, 103), (5000, 5100), (3, 900), (30_000, 29_000)]
    draws = [tuple(int(n) for n in random.integers(0, most, 2)) for most in random.integers(2, 400, N)]
    for b, c in edges + draws:
        table = [[0, b], [c, 0]]
        yield [b, c, float(mcnemar(table, exact=True).pvalue)]


def holm_cases():
    """p-values, corrected ones."""
    for case in range(N):
        p = np.round(random.uniform(0, 0.3, int(random.integers(1, 12))) ** 2, 5)
        if case % 4 == 0:
            p[random.integers(len(p))] = p[0]
        yield [p.tolist(), multipletests(p, method="holm")[1].tolist()]
    for p in [[0.0], [1.0], [1.0, 0.0, 1.0], [0.05, 0.05]]:
        yield [p, multipletests(p, method="holm")[1].tolist()]


def seeds(solver, effect, level, least):
    """The smallest whole n, from `least` to 1000."""
    # Where the noncentrality is so large that SciPy gives up, the power is 1.
    if np.nan_to_num(solver.power(effect, 1000, level, alternative="two-sided"), nan=1.0) < 0.8:
        return None
    if np.nan_to_num(solver.power(effect, least, level, alternative="two-sided"), nan=1.0) >= 0.8:
        return least
    return math.ceil(solver.solve_power(effect, alpha=level, power=0.8, alternative="two-sided"))


def power_cases():
    """mean, deviation, level, seeds for pairs, seeds for each of two groups."""
    for case in range(N):
        mean = round(float(random.normal(0, 0.01)), 5) or 0.001
        deviation = round(float(10 ** random.uniform(-3.3, -1.2)), 5)
        level = [0.05, 0.05, 0.025, 0.01, 0.05 / 7][case % 5]
        least = next(n for n in range(1, 99) if 2 / 2**n <= level)
        effect = abs(mean) / deviation
        yield [
            mean, deviation, level, seeds(TTestPower(), effect, level, least),
            seeds(TTestIndPower(), effect, level, least)]


def main():
    made = {
        "beta": beta_cases, "student": student_cases, "wilson": wilson_cases, "pairs": pairs, "groups": groups,
        "manyPairs": many_pairs, "manyGroups": many_groups, "mcnemar": mcnemar_cases, "holm": holm_cases,
        "power": power_cases}
    lists = []
    for name, cases in made.items():
        lines = ",\n".join(json.dumps(case) for case in cases())
        lists.append(f'"{name}": [\n{lines}\n]')
    (HERE / "compare.json").write_text("{\n" + ",\n".join(lists) + "\n}\n")


main()
