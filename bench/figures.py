"""The statistics behind the tables: medians, distribution-free intervals, growth, replications. Standard library only."""

import math


def median(values):
    ordered = sorted(values)
    n = len(ordered)
    if n == 0:
        raise ValueError("the median of nothing")
    return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2


def sign_interval(values, confidence=0.95):
    """The narrowest pair of order statistics that holds the median with at least this confidence, whatever the
    distribution (inverting the sign test): (low, high, exact confidence). With too few values for that, their range and
    the confidence that it has."""
    ordered = sorted(values)
    n = len(ordered)
    if n == 0:
        raise ValueError("an interval of nothing")

    def coverage(k):  # of the k-th from below to the k-th from above, k from 1
        return 1 - 2 * sum(math.comb(n, i) for i in range(k)) / 2**n

    k = 1
    while k + 1 <= n // 2 and coverage(k + 1) >= confidence:
        k += 1
    return ordered[k - 1], ordered[n - k], coverage(k)


def exponent(sizes, costs):
    """The power of the size with which the cost grows: least squares on the logarithms."""
    if len(sizes) != len(costs) or len(sizes) < 2:
        raise ValueError("at least two sizes, and a cost for each")
    x = [math.log(s) for s in sizes]
    y = [math.log(c) for c in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean_x) ** 2 for a in x)
    if spread == 0:
        raise ValueError("the sizes are all the same")
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / spread


def variance(values):
    n = len(values)
    if n < 2:
        raise ValueError("at least two values")
    mean = sum(values) / n
    return sum((v - mean) ** 2 for v in values) / (n - 1)


def replications_for(variance_of_one, half_width):
    """How many replications bring the 95 % interval of a mean to this half width, by the normal law; at least 1, not rounded."""
    return max(1.0, variance_of_one * (1.959963984540054 / half_width) ** 2)


def slower(low, middle, tolerance):
    """Whether a ratio of times, with its lower end, is beyond a tolerance (0.05: 5 %) without a doubt that it is above 1."""
    return middle > 1 + tolerance and low > 1
