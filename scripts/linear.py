"""A linear model over sets of features, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from bot.search.weights import Weights

FEWEST = 2  # a feature met once may be chance

Array = Any


class Linear:
    """A linear model over sets of features."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._vectors = CountVectorizer(analyzer=sorted, binary=True, min_df=FEWEST)

    def fit(
        self, model: Any, of: Sequence[set[str]], right: Sequence[Any], weights: Sequence[float]
    ) -> Linear:
        self._model = model.fit(normalize(self._vectors.fit_transform(of).astype(float)), right, weights)
        return self

    def of(self, features: Sequence[set[str]]) -> Array:
        return self._model.decision_function(self._matrix(features))

    def _matrix(self, features: Sequence[set[str]]) -> csr_matrix:
        return normalize(self._vectors.transform(features).astype(float))

    def weights(self, columns: Sequence[str]) -> Weights:
        weights = np.rint(100 * self._model.coef_).astype(int)
        bias = np.rint(100 * self._model.intercept_).astype(int)
        told = {
            feature: self._told(weights[:, place]) for feature, place in self._vectors.vocabulary_.items()
        }
        return Weights(columns, bias.tolist(), told)

    def _told(self, weights: Array) -> dict[int, int]:
        """Those worth keeping; a feature that says nothing is known all the same."""
        return {column: int(weight) for column, weight in enumerate(weights) if abs(weight) >= self._least}
