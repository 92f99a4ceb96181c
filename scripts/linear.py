"""A linear model over sets of features, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from bot.search.weights import Weights

Array = Any


class Linear:
    """A linear model over sets of features."""

    def __init__(self, least: int, *, fewest: int) -> None:
        """`least`: hundredths, from which a weight is kept. `fewest`: in how many a feature must be met."""
        self._least = least
        self._vectors = CountVectorizer(analyzer=sorted, binary=True, min_df=fewest)
        self._rareness = TfidfTransformer(norm=None)

    def fit(
        self, model: Any, of: Sequence[set[str]], right: Sequence[Any], weights: Sequence[float]
    ) -> Linear:
        counts = self._vectors.fit_transform(of)
        self._model = model.fit(normalize(self._rareness.fit_transform(counts)), right, weights)
        return self

    def of(self, features: Sequence[set[str]]) -> Array:
        return self._model.decision_function(self._matrix(features))

    def _matrix(self, features: Sequence[set[str]]) -> csr_matrix:
        return normalize(self._rareness.transform(self._vectors.transform(features)))

    def weights(self, columns: Sequence[str]) -> Weights:
        weights = np.rint(100 * self._model.coef_ * self._rareness.idf_).astype(int)
        bias = np.rint(100 * self._model.intercept_).astype(int)
        told = {
            feature: self._told(weights[:, place]) for feature, place in self._vectors.vocabulary_.items()
        }
        rareness = np.rint(100 * self._rareness.idf_).astype(int)
        shares = {feature: int(rareness[place]) for feature, place in self._vectors.vocabulary_.items()}
        return Weights(columns, bias.tolist(), told, shares)

    def _told(self, weights: Array) -> dict[int, int]:
        """Those worth keeping; a feature that says nothing is known all the same."""
        return {column: int(weight) for column, weight in enumerate(weights) if abs(weight) >= self._least}
