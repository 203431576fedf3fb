"""The statistics of bench/ against figures from elsewhere: python3 -m unittest discover -s tests/bench -p '*_test.py'"""

import math
import os
import random
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source folders
bench = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench")
sys.path.insert(0, bench)
import compare  # noqa: E402
import figures  # noqa: E402


class Median(unittest.TestCase):
    def test_odd_and_even(self):
        self.assertEqual(figures.median([3, 1, 2]), 2)
        self.assertEqual(figures.median([4, 1, 2, 3]), 2.5)

    def test_of_nothing(self):
        with self.assertRaises(ValueError):
            figures.median([])


class SignInterval(unittest.TestCase):
    def test_ranks_of_the_printed_tables(self):
        # Conover, Practical Nonparametric Statistics: n, the rank from each end, and the exact confidence
        for n, rank, confidence in ((6, 1, 0.9688), (10, 2, 0.9785), (15, 4, 0.9648), (20, 6, 0.9586), (25, 8, 0.9567)):
            low, high, sure = figures.sign_interval(list(range(1, n + 1)))
            self.assertEqual((low, high), (rank, n + 1 - rank))
            self.assertAlmostEqual(sure, confidence, places=4)

    def test_too_few_values_say_so(self):
        self.assertEqual(figures.sign_interval([5, 7]), (5, 7, 0.5))
        self.assertEqual(figures.sign_interval([5]), (5, 5, 0.0))
        self.assertAlmostEqual(figures.sign_interval([1, 2, 3, 4, 5])[2], 0.9375)

    def test_covers_the_median_of_a_lopsided_distribution(self):
        dice = random.Random(1)
        true, covered, trials = math.log(2), 0, 4000
        for _ in range(trials):
            low, high, sure = figures.sign_interval([dice.expovariate(1) for _ in range(15)])
            covered += low <= true <= high
        self.assertAlmostEqual(covered / trials, sure, delta=4 * math.sqrt(sure * (1 - sure) / trials))

    def test_order_does_not_matter(self):
        self.assertEqual(figures.sign_interval([3, 1, 2, 6, 5, 4]), figures.sign_interval([1, 2, 3, 4, 5, 6]))


class Exponent(unittest.TestCase):
    def test_exact_powers(self):
        sizes = [0.1, 0.3, 1, 3, 10]
        for power in (0, 0.5, 1, 1.05, 2):
            self.assertAlmostEqual(figures.exponent(sizes, [7 * s**power for s in sizes]), power)

    def test_least_squares_by_hand(self):
        # logarithms 0, 1, 2 and 0, 2, 1: slope ((-1)(-1) + 0 + (1)(0)) / 2
        e = math.e
        self.assertAlmostEqual(figures.exponent([1, e, e * e], [1, e * e, e]), 0.5)

    def test_one_size_is_no_growth(self):
        for sizes in ([1], [2, 2]):
            with self.assertRaises(ValueError):
                figures.exponent(sizes, [1] * len(sizes))


class Replications(unittest.TestCase):
    def test_variance(self):
        self.assertAlmostEqual(figures.variance([2, 4, 4, 4, 5, 5, 7, 9]), 32 / 7)

    def test_square_root_law(self):
        self.assertAlmostEqual(figures.replications_for(4, 0.5), 16 * 1.959963984540054**2)
        self.assertAlmostEqual(figures.replications_for(20, 0.5) / figures.replications_for(4, 0.5), 5)
        self.assertEqual(figures.replications_for(1e-9, 0.5), 1)


class Slower(unittest.TestCase):
    def test_beyond_the_tolerance_and_no_doubt(self):
        self.assertTrue(figures.slower(1.02, 1.06, 0.05))
        self.assertFalse(figures.slower(1.02, 1.04, 0.05))
        self.assertFalse(figures.slower(0.99, 1.06, 0.05))


class Compare(unittest.TestCase):
    """Two programs of a known speed: shell scripts that say the same and work for a while."""

    def program(self, folder, name, work, says="hello"):
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write("#!%s\nfor i in range(%d): pass\nprint('%s')\n" % (sys.executable, work, says))
        os.chmod(path, 0o755)
        return path

    def run_compare(self, *words):
        done = subprocess.run([sys.executable, os.path.join(bench, "compare.py"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return done.returncode, done.stdout, done.stderr

    def test_a_slower_program_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            quick, slow = self.program(folder, "quick", 10), self.program(folder, "slow", 3_000_000, "hullo")
            code, out, _ = self.run_compare(quick, slow, "--pairs", "6", "--tolerance", "0.1", "--", "anything")
            self.assertEqual(code, 1)
            self.assertIn("SLOWER", out)
            self.assertIn("different output", out)
            code, out, _ = self.run_compare(slow, quick, "--pairs", "6", "--tolerance", "0.1", "--", "anything")
            self.assertEqual(code, 0)
            self.assertNotIn("SLOWER", out)

    def test_pairs_are_run_in_both_orders_and_told_apart(self):
        with tempfile.TemporaryDirectory() as folder:
            quick, slow = self.program(folder, "quick", 10), self.program(folder, "slow", 2_000_000)
            ratios, same = compare.compare(quick, slow, [], 3, False, random.Random(3))
            self.assertTrue(same)
            self.assertEqual(len(ratios), 3)
            self.assertTrue(all(r > 1 for r in ratios), ratios)

    def test_what_cannot_be_run_is_told(self):
        code, _, problems = self.run_compare("no-such-revision", "/dev/null")
        self.assertEqual(code, 2)
        self.assertIn("no-such-revision is neither a program, nor a folder, nor a revision", problems)


if __name__ == "__main__":
    unittest.main()
